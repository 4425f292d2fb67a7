import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CACHE } from '../reference/built-program.js';
import { type RealServer, serverPrograms, startRealServer } from '../reference/real-server.js';
import { type Authority, kubeconfigOf } from './certificates.js';
import { controlPlane, makeCertificates } from './control-plane.js';
import { startDns } from './dns.js';
import { buildImages } from './images.js';
import { NODES, podCidrOf, type RealNode, writeNodeFiles } from './node-files.js';
import { startPolicies } from './policies.js';
import { nodePrograms } from './programs.js';
import { type ImageRegistry, startRegistry } from './registry.js';

/** The context of the kubeconfig that is written. */
export const CONTEXT = 'kubedrill-real';

const START_NODE = fileURLToPath(new URL('./node/start-node.sh', import.meta.url));
const ADDRESS = '172.30.1.2';
const PORT = 6443;
const API = `https://${ADDRESS}:${PORT}`;
const JSON_TYPE = { 'content-type': 'application/json' };
const NODE_PATIENCE_MS = 120_000;

/** A whole cluster on this machine. */
export interface TestCluster {
  readonly server: RealServer;
  readonly kubeconfig: string;
  /** Where everything of it lies; it goes with the cluster. */
  readonly folder: string;
  readonly nodes: readonly RealNode[];
  /** Containers really run. */
  readonly containers: boolean;
  stop(): Promise<void>;
}

/** Builds and fetches what such a cluster needs: what comes by the network has to be there before the run is by itself. */
export function prepareRealNodes(): void {
  serverPrograms({ controllers: [], scheduler: [] });
  nodePrograms();
  buildImages();
}

/**
 * Starts a control plane and nodes whose containers really run. Has to be called in namespaces of the run's own, as root:
 * addresses, mounts and processes end with them. `folder` is the run's alone and goes with it; `tells` hears of each step.
 */
export async function startRealNodes(folder: string, tells: (step: string) => void): Promise<TestCluster> {
  const children: ChildProcess[] = [];
  let server: RealServer | undefined;
  let registry: ImageRegistry | undefined;
  const stop = async (): Promise<void> => {
    for (const child of children.reverse()) child.kill('SIGKILL');
    await server?.stop();
    await registry?.stop();
  };
  try {
    makeNetwork();
    registry = await startRegistry();
    const pki = makeCertificates(folder, [ADDRESS]);
    tells('starting the control plane');
    server = await startRealServer({
      ...controlPlane(pki, { address: ADDRESS, bind: '0.0.0.0' }),
      ports: { api: PORT },
    });
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigOf(pki, API, 'admin', CONTEXT), { mode: 0o600 });
    children.push(startUpstreamDns(folder));
    tells('starting the nodes');
    for (const node of NODES) children.push(await startNode(node, { folder, pki, server }));
    for (const { name } of NODES) await untilReady(server, name);
    tells('starting the cluster DNS and what enforces policies');
    await Promise.all([startDns(kubeconfig), startPolicies(kubeconfig)]);
    return { server, kubeconfig, folder, nodes: NODES, containers: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function makeNetwork(): void {
  ip('link set lo up');
  ip('link add kd0 type bridge');
  ip('addr add 172.30.1.1/24 dev kd0');
  ip('addr add 172.30.1.2/24 dev kd0');
  ip('link set kd0 up');
  // Addresses of Services are nobody's: they are sent somewhere before they are rewritten.
  ip('route add default dev kd0');
  // Names of network namespaces, and what is put in /run, are this run's alone.
  mkdirSync('/run/netns', { recursive: true });
  run('mount', ['-t', 'tmpfs', 'tmpfs', '/run/netns']);
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
  for (const node of NODES) {
    if (node.controlPlane) continue;
    const inside = (words: string): void => run('ip', ['-n', node.name, ...words.split(' ')]);
    ip(`netns add ${node.name}`);
    ip(`link add ${node.name} type veth peer name eth0 netns ${node.name}`);
    ip(`link set ${node.name} master kd0 up`);
    inside(`addr add ${node.address}/24 dev eth0`);
    inside('link set eth0 up');
    inside('route add default via 172.30.1.1');
    for (const other of NODES) if (other !== node) inside(`route add ${podCidrOf(other)} via ${other.address}`);
    ip(`route add ${podCidrOf(node)} via ${node.address}`);
    run('ip', ['netns', 'exec', node.name, 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
  }
}

/** What the nodes, and so the cluster's DNS, ask for names outside: there are none. */
function startUpstreamDns(folder: string): ChildProcess {
  const corefile = join(folder, 'Corefile');
  writeFileSync(corefile, '.:53 {\n  bind 172.30.1.1\n  template ANY ANY {\n    rcode NXDOMAIN\n  }\n}\n');
  return spawn(join(CACHE, 'images/coredns'), ['-conf', corefile], { stdio: 'ignore' });
}

async function startNode(
  node: RealNode,
  at: { readonly folder: string; readonly pki: Authority; readonly server: RealServer },
): Promise<ChildProcess> {
  const folder = join(at.folder, node.name);
  const cgroup = basename(at.folder);
  mkdirSync(folder);
  const ca = readFileSync(at.pki.path('ca.crt'), 'utf8');
  const [kubelet = '', proxy = ''] = [node.name, 'kube-proxy'].map((holder) =>
    kubeconfigOf(at.pki, API, holder, 'default'),
  );
  writeNodeFiles(folder, node, { ca, kubelet, proxy }, cgroup);
  await register(node, at.server);
  const own = ['unshare', '--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child=SIGKILL', START_NODE];
  const network = node.controlPlane ? [] : ['nsenter', `--net=/run/netns/${node.name}`];
  const [program = '', ...words] = [...network, ...own, node.name, folder, CACHE, cgroup];
  return spawn(program, words, { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The node is there before its kubelet, so that its range of addresses is known. */
async function register(node: RealNode, server: RealServer): Promise<void> {
  const role = node.controlPlane ? { 'node-role.kubernetes.io/control-plane': '' } : {};
  const taints = node.controlPlane ? [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] : [];
  const body = {
    metadata: { name: node.name, labels: { 'kubernetes.io/hostname': node.name, ...role } },
    spec: { podCIDR: podCidrOf(node), podCIDRs: [podCidrOf(node)], taints },
  };
  const { status, text } = await server.send('POST', '/api/v1/nodes', JSON_TYPE, JSON.stringify(body));
  if (status >= 300) throw new Error(`the node ${node.name} could not be made: ${text}`);
}

/** Waits until the API server calls a node ready; throws when it does not become so. */
export async function untilReady(server: RealServer, name: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < NODE_PATIENCE_MS; await after(500)) {
    const { status, text } = await server.send('GET', `/api/v1/nodes/${name}`, {});
    if (status !== 200) continue;
    const { conditions = [] } = (JSON.parse(text) as { status: { conditions?: { type: string; status: string }[] } })
      .status;
    if (conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')) return;
  }
  throw new Error(`the node ${name} does not become ready`);
}

function ip(words: string): void {
  run('ip', words.split(' '));
}

function run(program: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, [...words], { encoding: 'utf8' });
  if (error || status !== 0)
    throw new Error(`${program} ${words.join(' ')} failed: ${error?.message ?? stderr.trim()}`);
}
