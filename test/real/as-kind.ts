import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kindSource } from '../../src/clusters/kind/kind-source.js';
import type { RealSource } from '../../src/clusters/real/real-cluster.js';
import { realClients } from '../clients/real-kubectl.js';
import { StandIns } from '../clusters/kind/stand-ins.js';
import type { TestCluster } from './cluster.js';

/** What kind calls the containers of its nodes, after the cluster's name. */
const CONTAINERS: Readonly<Record<string, string>> = {
  controlplane: 'control-plane',
  node01: 'worker',
  node02: 'worker2',
};
const NOBODY = { onStep: () => {}, confirm: async () => true };
const DOCKER = fileURLToPath(new URL('./node/docker.sh', import.meta.url));
const FURNISH = fileURLToPath(new URL('./node/furnish.sh', import.meta.url));

/** The cluster of the tests as `--cluster kind` takes it, and what takes away the stand-ins. */
interface AsKind {
  readonly source: RealSource;
  remove(): void;
}

/**
 * The real cluster as if kind had made it: kind and the container engine are stand-ins, whose `docker exec` enters a node. All
 * else is real: kubectl, the API, the nodes' files and programs, the containers on them.
 */
export function asKind({ kubeconfig, nodes }: Pick<TestCluster, 'kubeconfig' | 'nodes'>): AsKind {
  const { kubectl } = realClients();
  if (kubectl === undefined) throw new Error('there is no official kubectl for this machine');
  const standIns = new StandIns(undefined, kubectl);
  standIns.serve(kubeconfig);
  const lines = nodes.map(({ name }) => {
    const pid = firstProcess(name);
    inNode(pid, readFileSync(FURNISH, 'utf8'), readFileSync(kubectl));
    if (name === 'controlplane') inNode(pid, 'cat > /etc/kubernetes/admin.conf', readFileSync(kubeconfig));
    return `${CONTAINERS[name]} ${pid}\n`;
  });
  writeFileSync(join(standIns.folder, 'nodes'), lines.join(''));
  const { environment, home } = standIns;
  copyFileSync(DOCKER, join(environment['PATH'] ?? '', 'docker'));
  const path = `${environment['PATH']}:/usr/bin:/bin`;
  return {
    source: kindSource({ environment: { ...environment, PATH: path }, home }),
    remove: () => standIns.remove(),
  };
}

const CHANGES = `set -eu
echo changed >> /etc/bash.bashrc
mkdir -p /srv/new && echo new > /srv/new/file
rm /etc/kubernetes/admin.conf
kubectl create namespace left-behind
kubectl -n kube-system delete configmap coredns
`;

/**
 * Takes up the cluster again, changes files of a node and objects of the system, and has all put back. Gives what is not as it
 * was, a sentence each.
 */
export async function putBackAsKind(source: RealSource, tell: (line: string) => void): Promise<readonly string[]> {
  const cluster = await source.open({ base: 'three-node' }, NOBODY);
  const host = cluster.place.hosts['controlplane'] ?? '';
  const look = async (): Promise<readonly string[]> => {
    const settings = await cluster.file(host, '/etc/bash.bashrc');
    const kubeconfig = await cluster.file(host, '/etc/kubernetes/admin.conf');
    const [namespace, dns] = await Promise.all(
      ['/api/v1/namespaces/left-behind', '/api/v1/namespaces/kube-system/configmaps/coredns'].map((path) =>
        cluster.request({ method: 'GET', path }),
      ),
    );
    return [
      Buffer.from(settings?.content ?? []).toString(),
      String(kubeconfig?.type),
      String((await cluster.directory(host, '/srv'))?.join()),
      String(namespace?.status),
      String(dns?.status),
    ];
  };
  const before = await look();
  await cluster.setUp({ base: 'three-node', steps: [{ run: { host: 'controlplane', script: CHANGES } }] }, NOBODY);
  const changed = await look();
  const left = await cluster.restore(NOBODY);
  const after = await look();
  await cluster.close();
  const failures = [
    ...left,
    ...(changed.every((one, at) => one !== before[at]) ? [] : [`not everything was changed: ${changed.join(', ')}`]),
    ...(after.join() === before.join() ? [] : [`it is not what it was: ${after.join(', ')}`]),
  ];
  tell(`${failures.length === 0 ? 'passed' : 'failed'} a node's files and the system's objects are put back`);
  return failures;
}

/** The process that all others of a node come from, by its number in this run's namespaces. */
function firstProcess(node: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [program = '', script = '', name] = commandOf(pid);
    if (program.endsWith('bash') && script.endsWith('/start-node.sh') && name === node) return Number(pid);
  }
  throw new Error(`the node ${node} has no process`);
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function inNode(pid: number, script: string, input: Buffer): void {
  const [program = '', ...inside] = [
    'nsenter',
    '--target',
    String(pid),
    '--mount',
    '--uts',
    '--ipc',
    '--net',
    '--pid',
    '--',
  ];
  const { status, stderr } = spawnSync(program, [...inside, 'bash', '-c', script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`a node cannot be made like one of kind's: ${stderr}`);
}
