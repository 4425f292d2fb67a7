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
  const inside = ['--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid', '--'];
  const { status, stderr } = spawnSync('nsenter', [...inside, 'bash', '-c', script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`a node cannot be made like one of kind's: ${stderr}`);
}
