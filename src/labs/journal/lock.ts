import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { HomeError } from '../home.js';

/** Who has an attempt open. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When that process began: milliseconds since the Unix epoch. */
  readonly started: number;
  /**
   * The kernel's own word for that moment, where it tells: which start of the computer, and ticks since then. Another process
   * with the same number has another, and nobody can set it as clocks are set.
   */
  readonly born?: string;
}

/** Somebody else has the attempt open; the message says who. */
export class AttemptOpenError extends Error {
  constructor(path: string, { pid, host }: LockHolder) {
    const mine = pid === process.pid && host === hostname();
    const who = mine ? 'is still open here' : `is open in another kubedrill (process ${pid}${elsewhere(host)})`;
    const file = mine
      ? 'Wait until it is closed.'
      : `End it there first. If no such process is running, remove ${path}.`;
    super(`This attempt ${who}. ${file}`);
    this.name = 'AttemptOpenError';
  }
}

/** Clocks are set now and then, and a start is measured by two of them. */
const CLOCK_ERROR_MILLISECONDS = 60_000;
const TAKEOVERS_MAX = 5;

/** Keeps other programs from an attempt's journal: a file beside it that says who has it open. */
export class AttemptLock {
  private readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Takes the lock of a journal; one that a dead process left is taken over. Throws `AttemptOpenError`. */
  static take(journal: string): AttemptLock {
    const path = lockPath(journal);
    const me: LockHolder = {
      pid: process.pid,
      host: hostname(),
      started: Math.round(Date.now() - process.uptime() * 1000),
      ...birthOf(process.pid),
    };
    for (let attempt = 0; attempt < TAKEOVERS_MAX; attempt += 1) {
      if (tryCreate(path, JSON.stringify(me))) return new AttemptLock(path);
      const text = tryRead(path);
      if (text === undefined) continue;
      const holder = holderIn(text);
      if (holder && isAlive(holder)) throw new AttemptOpenError(path, holder);
      moveAway(path, text);
    }
    throw new HomeError(path, new Error('others take it again and again'));
  }

  /** Lets others have the journal. */
  release(): void {
    rmSync(this.path, { force: true });
  }
}

/** The other process that has a journal open, if one has. */
export function openElsewhere(journal: string): LockHolder | undefined {
  const text = tryRead(lockPath(journal));
  const holder = text === undefined ? undefined : holderIn(text);
  const mine = holder?.pid === process.pid && holder.host === hostname();
  return holder && !mine && isAlive(holder) ? holder : undefined;
}

function lockPath(journal: string): string {
  return journal.replace(/\.jsonl$/, '.lock');
}

function elsewhere(host: string): string {
  return host === hostname() ? '' : ` on ${host}`;
}

/** A lock is there whole or not at all: half of one would be taken for what a dead process left. */
function tryCreate(path: string, text: string): boolean {
  const unnamed = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    writeNew(unnamed, text);
    try {
      linkSync(unnamed, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
      // Some file systems know no links.
      writeNew(path, text);
    } finally {
      rmSync(unnamed, { force: true });
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new HomeError(path, error);
  }
}

/** Writes a file that is not there yet. */
function writeNew(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HomeError(path, error, 'read');
  }
}

function holderIn(text: string): LockHolder | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockHolder> | null;
    const whole = Number.isInteger(value?.pid) && typeof value?.host === 'string' && typeof value.started === 'number';
    return whole ? (value as LockHolder) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether a process still runs. Of another computer nobody can tell from here, so it counts as running. */
function isAlive({ pid, host, started, born }: LockHolder): boolean {
  if (host !== hostname()) return true;
  const now = birthOf(pid).born;
  // A clock that was set, back or ahead, must not end a life.
  const exact = born?.includes(':') === true;
  if (!exact && started < Date.now() - uptime() * 1000 - CLOCK_ERROR_MILLISECONDS) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, and is there all the same.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return born === undefined || now === undefined || born === now || (!exact && now.endsWith(`:${born}`));
}

/** When the kernel made a process; only Linux tells by files. */
function birthOf(pid: number): { readonly born?: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the 22nd field is the 20th behind it.
    const born = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return born === undefined ? {} : { born: `${boot}:${born}` };
  } catch {
    return {};
  }
}

/** Removes the lock that was looked at; where another process was quicker, its lock is put back. */
function moveAway(path: string, seen: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new HomeError(path, error);
  }
  if (tryRead(aside) === seen) rmSync(aside, { force: true });
  else renameSync(aside, path);
}
