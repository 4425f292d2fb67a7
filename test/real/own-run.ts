import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

const CLAIMS = 'KUBEDRILL_REAL_CLAIMS';
const INSIDE = 'KUBEDRILL_REAL_INSIDE';
const NAME = 'KUBEDRILL_REAL_NAME';
/** As shells say that something was killed. */
const KILLED = 137;
const WAITS_MAX = 50;

/** The folder that is this run's alone, where this program was started by itself; it goes when the run ends. */
export function ownFolder(): string | undefined {
  return process.env[INSIDE];
}

/** Which of several runs side by side this is, in words that go before a line. */
export function ownName(): string {
  return process.env[NAME] ?? '';
}

/** Where runs beside each other say what they take; a run alone says so in its own folder. */
export function claimsFolder(own: string): string {
  const folder = process.env[CLAIMS] ?? join(own, 'claims');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** How this program is run again. */
export interface Again {
  /** What starts it, such as `unshare` with its flags. */
  readonly by?: readonly string[];
  /** More words for it. */
  readonly words?: readonly string[];
  /** Takes away what outlives its processes; its folder is given. */
  readonly tidy?: (folder: string) => Promise<void>;
}

/** Runs this very program several times side by side; gives the worst exit status. */
export async function runSideBySide(count: number, how: Again): Promise<number> {
  const claims = mkdtempSync(join(tmpdir(), 'kubedrill-claims-'));
  process.env[CLAIMS] = claims;
  try {
    const runs = Array.from({ length: count }, (_, run) => runAgain(how, count > 1 ? `${run + 1}| ` : ''));
    return Math.max(...(await Promise.all(runs)));
  } finally {
    rmSync(claims, { recursive: true, force: true });
  }
}

/**
 * Runs it with a folder and processes of its own, and gives its exit status. When it ends, however it ends, everything
 * that it started ends with it.
 */
async function runAgain({ by = [], words = [], tidy }: Again, name: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-real-'));
  const own = [process.execPath, ...process.execArgv, 'scripts/run.mjs', 'test/real/run.ts', ...process.argv.slice(2)];
  const [program = '', ...rest] = [...by, ...own, ...words];
  const child = spawn(program, rest, {
    // It hears by its channel that this program is no more.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [INSIDE]: folder, [NAME]: name, TMPDIR: folder },
    // Ctrl-C at the terminal is passed on below, once.
    detached: true,
  });
  const pass = (signal: NodeJS.Signals): void => void endAll(child, signal);
  process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass);
  const status = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? KILLED)));
  if (status > 1) console.error(`${name}the run ended with ${status}, before it was over`);
  for (let waits = 0; waits < WAITS_MAX && endAll(child, 'SIGKILL'); waits += 1) await after(100);
  await tidy?.(folder);
  rmSync(folder, { recursive: true, force: true });
  return status;
}

/**
 * In a run that was started so: ends it when it is told to, or when whoever started it is no more. Then nobody is
 * left to end what it started and to take its folder away: that is done here, if the folder is given.
 */
export function endWithTheOthers(folder?: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  process.channel?.unref();
  const alone = (): void => (folder === undefined ? process.exit(130) : endAlone(folder));
  if (process.connected === false) alone();
  else process.once('disconnect', alone);
}

/** What is under way may fail, now that the others are told to end: folders go however this process ends. */
function endAlone(folder: string): void {
  process.once('exit', () => {
    for (const one of [folder, claimsFolder(folder)]) rmSync(one, { recursive: true, force: true, maxRetries: 3 });
    process.kill(0, 'SIGKILL');
  });
  process.removeAllListeners('SIGTERM').on('SIGTERM', () => {});
  process.kill(0, 'SIGTERM');
  setTimeout(() => process.exit(130), 1000);
}

/** Who is asked is the process group, since not everybody passes signals on. False when nobody is left. */
function endAll({ pid }: ChildProcess, signal: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    return false;
  }
}
