import { type ApiRequest, type ApiResponse, ClusterError } from '../port.js';
import type { Nodes } from './nodes.js';

/** Who makes a fault: the API as administrator, and the nodes. */
export interface FaultHands {
  request(request: ApiRequest): Promise<ApiResponse>;
  readonly nodes: Nodes;
  /** Of the host that the lab names, or the control plane. */
  readonly host: string;
}

/** The same change to a real cluster that the simulator's fault of this name makes to a simulated one. */
type KindFault = (hands: FaultHands) => Promise<void>;

const COREDNS = '/apis/apps/v1/namespaces/kube-system/deployments/coredns';
const COREFILE = '/api/v1/namespaces/kube-system/configmaps/coredns';
const MERGE = 'application/merge-patch+json';
const RESTART_SECONDS = 120;
const LOOK_MILLISECONDS = 500;

const DROP_IN = '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf';
const CONFIG = '/var/lib/kubelet/config.yaml';

/** `sed` changes a file in place by what is behind its name; nothing changed is a failure: then nothing breaks. */
const changed = (path: string, expression: string): KindFault =>
  onNode(`set -eu
cp -p ${path} /tmp/changed
sed -E -i '${expression}' /tmp/changed
if cmp -s ${path} /tmp/changed; then echo '${path} has not what the fault changes' >&2; exit 1; fi
cat /tmp/changed > ${path}
rm /tmp/changed
systemctl daemon-reload
systemctl try-restart kubelet
`);

function onNode(script: string): KindFault {
  return async ({ nodes, host }) => {
    await nodes.script(host, script);
  };
}

const FAULTS: Readonly<Record<string, KindFault>> = {
  'coredns-scaled-to-zero': ({ request }) => patch(request, COREDNS, { spec: { replicas: 0 } }),
  'corefile-zone-misspelled-no-reload': async ({ request }) => {
    const corefile = (await read<{ data: { Corefile: string } }>(request, COREFILE)).data.Corefile;
    const wrong = corefile.replaceAll('cluster.local', 'cluster.lokal').replace(/^\s*reload\s*\n/m, '');
    await patch(request, COREFILE, { data: { Corefile: wrong } });
    await restartCoredns(request);
  },
  'kube-dns-selector-wrong': ({ request }) =>
    patch(request, '/api/v1/namespaces/kube-system/services/kube-dns', {
      spec: { selector: { 'k8s-app': 'coredns' } },
    }),
  'kubelet-client-ca-missing': changed(CONFIG, 's,/etc/kubernetes/pki/ca.crt,/etc/kubernetes/pki/kubelet-ca.crt,'),
  'kubelet-config-not-yaml': changed(CONFIG, 's,^clusterDomain: ,clusterDomain ,'),
  'kubelet-disabled': onNode('systemctl disable --quiet --now kubelet\n'),
  'kubelet-flag-removed': changed(
    '/var/lib/kubelet/kubeadm-flags.env',
    's,"[[:space:]]*$, --container-runtime=remote",',
  ),
  'kubelet-program-misplaced': changed(DROP_IN, 's,ExecStart=/usr/bin/kubelet ,ExecStart=/usr/local/bin/kubelet ,'),
  'kubelet-server-port-wrong': changed('/etc/kubernetes/kubelet.conf', 's,^([[:space:]]*server: .*):6443$,\\1:6433,'),
};

/** Names of the faults that a kind cluster can be given. */
export const KIND_FAULT_NAMES: readonly string[] = Object.keys(FAULTS);

/** Makes a fault. Throws `ClusterError`. */
export async function makeFault(name: string, hands: FaultHands): Promise<void> {
  const fault = FAULTS[name];
  if (!fault) throw new ClusterError(`A kind cluster cannot be given the fault ${name}.`);
  await fault(hands);
}

async function read<T>(request: FaultHands['request'], path: string): Promise<T> {
  const { status, body, error } = await request({ method: 'GET', path });
  if (status !== 200) throw new ClusterError(`${path}: ${error ?? `status ${status}`}`);
  return body as T;
}

async function patch(request: FaultHands['request'], path: string, body: unknown): Promise<void> {
  const { status, error } = await request({ method: 'PATCH', path, contentType: MERGE, body });
  if (status !== 200) throw new ClusterError(`${path}: ${error ?? `status ${status}`}`);
}

interface Deployment {
  readonly metadata: { readonly generation?: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
  };
}

/** Replaces CoreDNS' pods and waits for the new ones, so that the fault is old when somebody comes. */
async function restartCoredns(request: FaultHands['request']): Promise<void> {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  await patch(request, COREDNS, { spec: { template: { metadata: { annotations } } } });
  for (const end = Date.now() + RESTART_SECONDS * 1000; Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    const { metadata, spec, status = {} } = await read<Deployment>(request, COREDNS);
    const wanted = spec.replicas ?? 1;
    const { observedGeneration, replicas, updatedReplicas, readyReplicas } = status;
    const counts = [replicas, updatedReplicas, readyReplicas];
    if (observedGeneration === metadata.generation && counts.every((count) => count === wanted)) return;
  }
  throw new ClusterError(`CoreDNS did not come back within ${RESTART_SECONDS} seconds.`);
}
