import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

const INSIDE = 'KUBEDRILL_REAL_INSIDE';
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

/**
 * Runs this very program again in a network, mounts and processes of its own, and gives its exit status. When it ends,
 * however it ends, everything that it started ends with it.
 */
export async function runInOwnNamespaces(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-real-'));
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
    env: { ...process.env, [INSIDE]: folder, TMPDIR: folder },
    // Ctrl-C at the terminal is passed on below, once.
    detached: true,
  });
  const pass = (signal: NodeJS.Signals): void => void endAll(child.pid, signal);
  process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass);
  const status = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)));
  for (let tries = 0; tries < 20 && !removedCgroups(basename(folder)); tries += 1) await after(100);
  // What was mounted there was mounted in the run's own namespaces alone.
  rmSync(folder, { recursive: true, force: true });
  return status;
}

/** unshare passes nothing on: who is asked is the process group. */
function endAll(group: number | undefined, signal: NodeJS.Signals): void {
  if (group !== undefined) process.kill(-group, signal);
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
