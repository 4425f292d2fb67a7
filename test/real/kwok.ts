import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { type RealServer, serverPrograms, startRealServer } from '../reference/real-server.js';
import { nodeStages, podStages } from '../reference/workloads/stages.js';
import { kubeconfigOf } from './certificates.js';
import { CONTEXT, type TestCluster, untilReady } from './cluster.js';
import { controlPlane, makeCertificates } from './control-plane.js';
import { NODES, podCidrOf, type RealNode } from './node-files.js';

/** What KWOK plays is marked so, and `--cluster context=` knows it by that. */
const MARK = { 'kwok.x-k8s.io/node': 'fake' };
/** What pods are told of the API server: nobody goes there, since no container runs. */
const TOLD_ADDRESS = '172.30.1.2';
const JSON_TYPE = { 'content-type': 'application/json' };
const ROOM = { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '50Gi' };

const KWOK = {
  stages: [...nodeStages(), ...podStages()],
  flags: [
    `--manage-nodes-with-annotation-selector=${Object.entries(MARK).map((pair) => pair.join('='))}`,
    '--node-lease-duration-seconds=40',
    '--cidr=10.244.0.0/16',
  ],
};

/** Builds what such a cluster needs, some minutes the first time. */
export function preparePlayedNodes(): void {
  serverPrograms({ controllers: [], scheduler: [], kwok: KWOK });
}

/**
 * Starts a control plane on loopback with nodes that KWOK plays: their pods are said to run, and no container does. It takes
 * no root, and ports that are free. `folder` is the run's alone and goes with it; `tells` hears of each step.
 */
export async function startPlayedNodes(folder: string, tells: (step: string) => void): Promise<TestCluster> {
  const [etcd = 0, peer = 0, api = 0] = await freePorts(3);
  mkdirSync(folder, { recursive: true });
  const pki = makeCertificates(folder, []);
  tells(`starting the control plane (ports ${api}, ${etcd} and ${peer})`);
  const server = await startRealServer({
    ...controlPlane(pki, { address: TOLD_ADDRESS, bind: '127.0.0.1' }),
    ports: { etcd, peer, api },
    kwok: KWOK,
  });
  try {
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigOf(pki, server.url, 'admin', CONTEXT), { mode: 0o600 });
    tells('making the nodes that KWOK plays');
    for (const node of NODES) await makeNode(node, server);
    for (const { name } of NODES) await untilReady(server, name);
    return { server, kubeconfig, folder, nodes: NODES, containers: false, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Its kubelet would say of it what its status says. */
async function makeNode(node: RealNode, server: RealServer): Promise<void> {
  const role = node.controlPlane ? { 'node-role.kubernetes.io/control-plane': '' } : {};
  const taints = node.controlPlane ? [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] : [];
  const labels = { 'kubernetes.io/hostname': node.name, 'kubernetes.io/os': 'linux', ...role };
  const body = {
    metadata: { name: node.name, labels, annotations: MARK },
    spec: { podCIDR: podCidrOf(node), podCIDRs: [podCidrOf(node)], taints },
    status: { allocatable: ROOM, capacity: ROOM, addresses: [{ type: 'InternalIP', address: node.address }] },
  };
  const { status, text } = await server.send('POST', '/api/v1/nodes', JSON_TYPE, JSON.stringify(body));
  if (status >= 300) throw new Error(`the node ${node.name} could not be made: ${text}`);
}

/** Ports of loopback on which nobody listens, each another. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((done, failed) => {
        server.once('error', failed);
        server.listen(0, '127.0.0.1', done);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => void server.close(done))));
  return ports;
}
