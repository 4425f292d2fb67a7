import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Again } from './own-run.js';

const CGROUPS = '/sys/fs/cgroup';

/** Why no namespaces can be made here; undefined where they can: by root, on Linux. */
export function whyNoNamespaces(): string | undefined {
  if (process.platform !== 'linux') return `this is ${process.platform}, not Linux`;
  if (process.getuid?.() !== 0) return 'only root makes them';
  const words = ['--net', '--mount', '--pid', '--fork', 'true'];
  const { status, stderr, error } = spawnSync('unshare', words, { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

/** A kubelet, containerd and kube-proxy of each node follow files; the kernel lets a user have so many who do. */
const WATCHERS_A_CLUSTER = 64;
const WATCHERS = '/proc/sys/fs/inotify/max_user_instances';

/** What the machine lacks for so many clusters side by side, and how it gets it; undefined where it has all. */
export function lackingFor(clusters: number): string | undefined {
  const wanted = clusters * WATCHERS_A_CLUSTER;
  const has = Number(readFileSync(WATCHERS, 'utf8'));
  if (has >= wanted) return undefined;
  return `${clusters} clusters need more watchers of files than the ${has} this machine allows: \`sysctl -w fs.inotify.max_user_instances=1024\``;
}

/** A run in a network, mounts and processes of its own. What it mounts in its folder is mounted there alone. */
export const IN_OWN_NAMESPACES: Again = {
  by: ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'],
  async tidy(folder) {
    for (let tries = 0; tries < 20 && !removedCgroups(basename(folder)); tries += 1) await after(100);
  },
};

/** What the nodes' containers were in is empty now, and goes. */
function removedCgroups(cgroup: string): boolean {
  const left = readdirSync(CGROUPS).map((one) => join(CGROUPS, one, cgroup));
  for (const folder of left.filter((one) => existsSync(one))) removeFolders(folder);
  return left.every((one) => !existsSync(one));
}

function removeFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeFolders(join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch {
    // A process in it is just ending.
  }
}
