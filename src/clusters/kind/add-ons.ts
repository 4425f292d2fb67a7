import { ClusterError } from '../port.js';
import { type Programs, textOf } from './programs.js';

/** What a project offers for clusters, and what has to be there before it is in use. */
interface KindAddOn {
  readonly name: string;
  /** Applied in this order, by kubectl, from the project's own addresses. */
  readonly manifests: readonly string[];
  /** Deployments that must be available, `namespace/name`. */
  readonly waitFor: readonly string[];
  /** A JSON patch of a Deployment for nodes whose kubelets sign their own certificates. */
  readonly patch?: { readonly deployment: string; readonly operations: unknown };
  /** What is applied at the end, made of an address of the nodes' network. */
  readonly after?: (nodeAddress: string) => readonly unknown[];
}

const GITHUB = 'https://github.com';
const RAW = 'https://raw.githubusercontent.com';
const SNAPSHOTTER = `${RAW}/kubernetes-csi/external-snapshotter/v8.6.0`;

/** The versions are those that the simulated cluster has. */
const ADD_ONS: readonly KindAddOn[] = [
  {
    name: 'gateway-api',
    manifests: [
      `${GITHUB}/kubernetes-sigs/gateway-api/releases/download/v1.4.1/standard-install.yaml`,
      `${RAW}/nginx/nginx-gateway-fabric/v2.3.0/deploy/crds.yaml`,
      `${RAW}/nginx/nginx-gateway-fabric/v2.3.0/deploy/default/deploy.yaml`,
    ],
    waitFor: ['nginx-gateway/nginx-gateway'],
  },
  {
    name: 'ingress-nginx',
    manifests: [`${RAW}/kubernetes/ingress-nginx/controller-v1.15.1/deploy/static/provider/kind/deploy.yaml`],
    waitFor: ['ingress-nginx/ingress-nginx-controller'],
  },
  {
    name: 'local-path-provisioner',
    manifests: [`${RAW}/rancher/local-path-provisioner/v0.0.37/deploy/local-path-storage.yaml`],
    waitFor: ['local-path-storage/local-path-provisioner'],
  },
  {
    name: 'metallb',
    manifests: [`${RAW}/metallb/metallb/v0.15.2/config/manifests/metallb-native.yaml`],
    waitFor: ['metallb-system/controller'],
    after: poolOf,
  },
  {
    name: 'metrics-server',
    manifests: [`${GITHUB}/kubernetes-sigs/metrics-server/releases/download/v0.8.0/components.yaml`],
    waitFor: ['kube-system/metrics-server'],
    patch: {
      deployment: 'kube-system/metrics-server',
      operations: [{ op: 'add', path: '/spec/template/spec/containers/0/args/-', value: '--kubelet-insecure-tls' }],
    },
  },
  {
    name: 'snapshot-controller',
    manifests: [
      ...['volumesnapshotclasses', 'volumesnapshotcontents', 'volumesnapshots'].map(
        (kind) => `${SNAPSHOTTER}/client/config/crd/snapshot.storage.k8s.io_${kind}.yaml`,
      ),
      `${SNAPSHOTTER}/deploy/kubernetes/snapshot-controller/rbac-snapshot-controller.yaml`,
      `${SNAPSHOTTER}/deploy/kubernetes/snapshot-controller/setup-snapshot-controller.yaml`,
    ],
    waitFor: ['kube-system/snapshot-controller'],
  },
];

/** Names of the add-ons that a kind cluster can be given. */
export const KIND_ADD_ON_NAMES: readonly string[] = ADD_ONS.map(({ name }) => name);

/** Networks that kind does not make itself. */
const NETWORKS: Readonly<Record<string, string>> = {
  calico: `${RAW}/projectcalico/calico/v3.31.0/manifests/calico.yaml`,
  flannel: `${GITHUB}/flannel-io/flannel/releases/latest/download/kube-flannel.yml`,
};

const APPLY_SECONDS = 120;
const READY_SECONDS = 300;
/** Webhooks of what was just installed refuse for a moment. */
const TRIES = 10;
const AGAIN_MILLISECONDS = 3_000;

export interface AddOnInput {
  readonly programs: Programs;
  readonly kubectl: string;
  readonly kubeconfig: string;
  readonly signal?: AbortSignal | undefined;
  /** An IPv4 address of a node. */
  readonly nodeAddress: string;
  onStep(says: string): void;
}

/** Installs a network that kind does not make itself. Throws `ClusterError`. */
export async function installNetwork(network: string, input: AddOnInput): Promise<void> {
  const manifest = NETWORKS[network];
  if (manifest === undefined) return;
  input.onStep(`installing ${network}`);
  await kubectl(input, ['apply', '--server-side', '--filename', manifest], APPLY_SECONDS);
}

/** Installs add-ons by their projects' own manifests and waits for them. Throws `ClusterError` with the one that failed. */
export async function installAddOns(names: readonly string[], input: AddOnInput): Promise<void> {
  for (const name of names) {
    const addOn = ADD_ONS.find((one) => one.name === name);
    if (!addOn) throw new ClusterError(`The add-on ${name} cannot be put into a kind cluster.`);
    input.onStep(`installing ${name}`);
    for (const manifest of addOn.manifests)
      await kubectl(input, ['apply', '--server-side', '--filename', manifest], APPLY_SECONDS);
    if (addOn.patch) {
      const { deployment, operations } = addOn.patch;
      await kubectl(input, [
        'patch',
        ...deploymentArgs(deployment),
        '--type=json',
        '--patch',
        JSON.stringify(operations),
      ]);
    }
    input.onStep(`waiting for ${name}`);
    for (const deployment of addOn.waitFor) {
      const until = ['--for=condition=Available', `--timeout=${READY_SECONDS}s`];
      await kubectl(input, ['wait', ...deploymentArgs(deployment), ...until], READY_SECONDS + 15);
    }
    if (addOn.after) await applyPatiently(input, addOn.after(input.nodeAddress));
  }
}

function deploymentArgs(named: string): string[] {
  const [namespace = '', name = ''] = named.split('/');
  return ['--namespace', namespace, `deployment/${name}`];
}

async function applyPatiently(input: AddOnInput, objects: readonly unknown[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  for (let tried = 1; ; tried += 1) {
    try {
      await kubectl(input, ['apply', '--filename', '-'], APPLY_SECONDS, list);
      return;
    } catch (error) {
      if (!(error instanceof ClusterError) || tried === TRIES || input.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
    }
  }
}

async function kubectl(
  { programs, kubectl: path, kubeconfig, signal }: AddOnInput,
  args: readonly string[],
  timeoutSeconds = 60,
  stdin = '',
): Promise<string> {
  const ran = await programs.run(path, ['--kubeconfig', kubeconfig, ...args], { timeoutSeconds, signal, stdin });
  if (ran.code === 0) return textOf(ran);
  const said = ran.code === 124 ? `not done within ${timeoutSeconds} seconds` : ran.stderr.trim().split('\n').at(-1);
  throw new ClusterError(`kubectl ${args[0]} ${args.at(-1)?.startsWith('https:') ? args.at(-1) : ''}: ${said}`);
}

/** The last addresses of the nodes' network, which engines give out from the beginning (as kind's own guide does it). */
function poolOf(nodeAddress: string): readonly unknown[] {
  const [first = '172', second = '18'] = nodeAddress.split('.');
  const metadata = { namespace: 'metallb-system' };
  return [
    {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { ...metadata, name: 'pool' },
      spec: { addresses: [`${first}.${second}.255.200-${first}.${second}.255.250`] },
    },
    {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'L2Advertisement',
      metadata: { ...metadata, name: 'layer2' },
      spec: { ipAddressPools: ['pool'] },
    },
  ];
}
