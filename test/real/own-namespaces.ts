import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

const CLAIMS = 'KUBEDRILL_REAL_CLAIMS';
const INSIDE = 'KUBEDRILL_REAL_INSIDE';
const NAME = 'KUBEDRILL_REAL_NAME';
/** As shells say that something was killed. */
const KILLED = 137;
const CGROUPS = '/sys/fs/cgroup';

/** The folder that is this run's alone, where the run is in namespaces of its own; it goes when the run ends. */
export function ownFolder(): string | undefined {
  return process.env[INSIDE];
}

/** Whether namespaces can be made: by root, on Linux. */
export function canUnshare(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'true']).status === 0;
}

/** Where runs beside each other say what they take; a run alone says so in its own folder. */
export function claimsFolder(own: string): string {
  const folder = process.env[CLAIMS] ?? join(own, 'claims');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs this very program several times side by side, each in namespaces of its own; gives the worst exit status. */
export async function runSideBySide(count: number): Promise<number> {
  const claims = mkdtempSync(join(tmpdir(), 'kubedrill-claims-'));
  process.env[CLAIMS] = claims;
  try {
    const runs = Array.from({ length: count }, (_, run) => runInOwnNamespaces(count > 1 ? run + 1 : undefined));
    return Math.max(...(await Promise.all(runs)));
  } finally {
    rmSync(claims, { recursive: true, force: true });
  }
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

/** Which of several runs side by side this is, in words that go before a line. */
export function ownName(): string {
  return process.env[NAME] ?? '';
}

/**
 * Runs this very program again in a network, mounts and processes of its own, and gives its exit status. When it ends,
 * however it ends, everything that it started ends with it.
 */
async function runInOwnNamespaces(number: number | undefined): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-real-'));
  const name = number ? `${number}| ` : '';
  const own = ['--net', '--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'];
  const again = [
    process.execPath,
    ...process.execArgv,
    'scripts/run.mjs',
    'test/real/run.ts',
    ...process.argv.slice(2),
  ];
  const child = spawn('unshare', [...own, ...again], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: folder, [NAME]: name, TMPDIR: folder },
    // Ctrl-C at the terminal is passed on below, once.
    detached: true,
  });
  const pass = (signal: NodeJS.Signals): void => void endAll(child.pid, signal);
  process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass);
  const status = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? KILLED)));
  if (status > 1) console.error(`${name}the run ended with ${status}, before it was over`);
  for (let tries = 0; tries < 20 && !removedCgroups(basename(folder)); tries += 1) await after(100);
  // What was mounted there was mounted in the run's own namespaces alone.
  rmSync(folder, { recursive: true, force: true });
  return status;
}

/** unshare passes nothing on: who is asked is the process group. */
function endAll(group: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (group !== undefined) process.kill(-group, signal);
  } catch {
    // It has ended already.
  }
}

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
