import { type Capability, ClusterError } from '../port.js';
import { readVersion, type Version } from '../real/kubectl.js';
import { ATTEMPT_LABEL } from '../real/manifests.js';
import { type Ask, listPath, type ServedResource, servedResources } from '../real/resources.js';

/** What somebody's cluster turns out to be. */
export interface Looks {
  readonly version: Version;
  readonly capabilities: ReadonlySet<Capability>;
  /** What runs there that is not of the system and not ours: `3 Deployments in shop, web`. */
  readonly foreign: readonly string[];
}

interface Listed {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly object[];
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly provisioner?: string;
}

/** Commands in containers end by a WebSocket that older servers do not know. */
const OLDEST_MINOR = 30;
const WORKLOADS = ['cronjobs', 'daemonsets', 'deployments', 'jobs', 'pods', 'replicasets', 'statefulsets'];
/** Whose workloads are the cluster's own. */
const SYSTEM =
  /^(?:kube-.+|local-path-storage|ingress-nginx|metallb-system|cert-manager|tigera-operator|calico-.+|cilium.*|antrea-.+|gke-.+|gmp-.+|amazon-.+|azure-.+|openshift.*|cattle-.+|olm|nginx-gateway|vpa|monitoring-system)$/;
/** DaemonSets of networks that heed NetworkPolicies. */
const ENFORCING =
  /(?:^|[-_])(?:calico-node|canal|cilium|kube-router|antrea-agent|weave-net|kindnet|kube-network-policies|ovnkube-node|anetd|azure-npm)(?:$|[-_])/;

/** Looks what a cluster is and what it can do. Throws `ClusterError` when it cannot be used at all. */
export async function lookAt(ask: Ask): Promise<Looks> {
  const version = await serverVersion(ask);
  const served = await servedResources(ask);
  const find = (name: string, group?: string): ServedResource | undefined =>
    served.find((one) => one.name === name && (group === undefined || one.group === group));
  const list = async (name: string, group?: string): Promise<readonly Listed[]> => {
    const resource = find(name, group);
    if (!resource) return [];
    const { status, body } = await ask({ method: 'GET', path: listPath(resource) });
    return status === 200 ? ((body as { items?: Listed[] }).items ?? []) : [];
  };
  const capabilities = new Set<Capability>(['expendable', 'scripts']);
  const nodes = await list('nodes', '');
  if (nodes.some(runsContainers)) capabilities.add('containers');
  const daemonSets = await list('daemonsets', 'apps');
  if (daemonSets.some(enforces) || nodes.some(isOfK3s)) capabilities.add('policy-enforcement');
  for (const name of await addOns(served, list)) capabilities.add(`addon:${name}`);
  return { version, capabilities, foreign: await foreignWorkloads(list) };
}

async function serverVersion(ask: Ask): Promise<Version> {
  const { status, body, error } = await ask({ method: 'GET', path: '/version' });
  const words = error ?? (body as { message?: string } | undefined)?.message ?? `status ${status}`;
  if (status === 401)
    throw new ClusterError(`The cluster does not accept who you are: ${words}. Sign in anew and try again.`);
  if (status !== 200) throw new ClusterError(`The cluster does not answer: ${words}`);
  const version = readVersion(JSON.stringify(body));
  if (!version) throw new ClusterError('The cluster does not tell its version');
  if (version.minor < OLDEST_MINOR)
    throw new ClusterError(`The cluster is ${version.text}; v1.${OLDEST_MINOR} or newer is needed`);
  return version;
}

/** KWOK and its like play nodes: what their pods would print or hold does not exist. */
function runsContainers({ metadata, status = {} }: Listed): boolean {
  if (Object.keys(metadata.annotations ?? {}).some((name) => name.startsWith('kwok.x-k8s.io/'))) return false;
  if (metadata.labels?.['type'] === 'kwok' || metadata.labels?.['type'] === 'virtual-kubelet') return false;
  const info = (status['nodeInfo'] ?? {}) as { containerRuntimeVersion?: string; kubeletVersion?: string };
  const conditions = (status['conditions'] ?? []) as readonly { type: string; status: string }[];
  const isReady = conditions.some((one) => one.type === 'Ready' && one.status === 'True');
  const isPlayed = /kwok|fake/i.test(`${info.kubeletVersion} ${info.containerRuntimeVersion}`);
  return isReady && !isPlayed && /^[a-z][\w.-]*:\/\/./.test(info.containerRuntimeVersion ?? '');
}

function enforces({ metadata, spec = {} }: Listed): boolean {
  if (ENFORCING.test(metadata.name)) return true;
  if (metadata.name !== 'aws-node') return false;
  const { containers = [] } = (spec['template'] as { spec?: { containers?: { args?: string[] }[] } })?.spec ?? {};
  return containers.some(({ args = [] }) => args.includes('--enable-network-policy=true'));
}

/** It has its own controller of policies, without a DaemonSet. */
function isOfK3s({ status = {} }: Listed): boolean {
  return /\+k3s/.test((status['nodeInfo'] as { kubeletVersion?: string } | undefined)?.kubeletVersion ?? '');
}

/** Which of the add-ons of worlds are there, told by what they leave in the API. */
async function addOns(
  served: readonly ServedResource[],
  list: (name: string, group?: string) => Promise<readonly Listed[]>,
): Promise<string[]> {
  const groups = new Set(served.map(({ group }) => group));
  const [ingresses, gateways, services, storage, drivers] = await Promise.all([
    list('ingressclasses'),
    list('gatewayclasses', 'gateway.networking.k8s.io'),
    list('apiservices'),
    list('storageclasses'),
    list('csidrivers'),
  ]);
  const isAvailable = (name: string): boolean =>
    services.some(({ metadata, status }) => {
      const conditions = (status?.['conditions'] ?? []) as readonly { type: string; status: string }[];
      return metadata.name === name && conditions.some((one) => one.type === 'Available' && one.status === 'True');
    });
  const hostpath = drivers.filter(({ metadata }) => metadata.name === 'hostpath.csi.k8s.io');
  const found: Readonly<Record<string, boolean>> = {
    'csi-hostpath': hostpath.length > 0,
    'csi-hostpath-attach': hostpath.some(({ spec }) => spec?.['attachRequired'] === true),
    'gateway-api': gateways.length > 0,
    'ingress-nginx': ingresses.some(({ spec }) => spec?.['controller'] === 'k8s.io/ingress-nginx'),
    'local-path-provisioner': storage.some(
      ({ metadata, provisioner }) => metadata.name === 'local-path' && provisioner === 'rancher.io/local-path',
    ),
    metallb: groups.has('metallb.io'),
    'metrics-adapter': isAvailable('v1beta1.custom.metrics.k8s.io') || isAvailable('v1beta2.custom.metrics.k8s.io'),
    'metrics-server': isAvailable('v1beta1.metrics.k8s.io'),
    'snapshot-controller': groups.has('snapshot.storage.k8s.io'),
    'vertical-pod-autoscaler': groups.has('autoscaling.k8s.io'),
  };
  return Object.entries(found).flatMap(([name, there]) => (there ? [name] : []));
}

/** What people run there, in words. What others own is counted with its owner. */
async function foreignWorkloads(list: (name: string, group?: string) => Promise<readonly Listed[]>): Promise<string[]> {
  const ours = new Set(
    (await list('namespaces', ''))
      .filter(({ metadata }) => metadata.labels?.[ATTEMPT_LABEL])
      .map(({ metadata }) => metadata.name),
  );
  const told: string[] = [];
  for (const name of WORKLOADS) {
    const items = (await list(name)).filter(({ metadata }) => {
      const { namespace = '', ownerReferences = [], annotations = {} } = metadata;
      const isMirror = annotations['kubernetes.io/config.mirror'] !== undefined;
      return ownerReferences.length === 0 && !isMirror && !SYSTEM.test(namespace) && !ours.has(namespace);
    });
    if (items.length === 0) continue;
    const places = [...new Set(items.map(({ metadata }) => metadata.namespace ?? ''))].sort();
    told.push(
      `${items.length} ${items.length === 1 ? name.slice(0, -1) : name} in ${places.slice(0, 4).join(', ')}${places.length > 4 ? ' …' : ''}`,
    );
  }
  return told;
}
