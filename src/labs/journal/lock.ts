import { hostname } from 'node:os';
import type { Holder } from '../../clusters/holder.js';
import { holderOf, LockFile, LockFileError } from '../../clusters/lock-file.js';
import { HomeError } from '../home.js';

/** Who has an attempt open. */
export type LockHolder = Holder;

/** Somebody else has the attempt open; the message says who. */
export class AttemptOpenError extends Error {
  constructor(path: string, holder: LockHolder) {
    const mine = isThis(holder);
    const { pid, host } = holder;
    const who = mine ? 'is still open here' : `is open in another kubedrill (process ${pid}${elsewhere(host)})`;
    const file = mine
      ? 'Wait until it is closed.'
      : `End it there first. If no such process is running, remove ${path}.`;
    super(`This attempt ${who}. ${file}`);
    this.name = 'AttemptOpenError';
  }
}

/** Keeps other programs from an attempt's journal: a file beside it that says who has it open. */
export class AttemptLock {
  private constructor(private readonly file: LockFile) {}

  /** Takes the lock of a journal; one that a dead process left is taken over. Throws `AttemptOpenError`, `HomeError`. */
  static take(journal: string): AttemptLock {
    const path = lockPath(journal);
    const taken = tried(path, () => LockFile.take(path));
    if (taken instanceof LockFile) return new AttemptLock(taken);
    throw new AttemptOpenError(path, taken);
  }

  /** Lets others have the journal. */
  release(): void {
    this.file.release();
  }
}

/** The other process that has a journal open, if one has. */
export function openElsewhere(journal: string): LockHolder | undefined {
  const path = lockPath(journal);
  const holder = tried(path, () => holderOf(path));
  return holder && !isThis(holder) ? holder : undefined;
}

function isThis({ pid, host }: LockHolder): boolean {
  return pid === process.pid && host === hostname();
}

function lockPath(journal: string): string {
  return journal.replace(/\.jsonl$/, '.lock');
}

function elsewhere(host: string): string {
  return host === hostname() ? '' : ` on ${host}`;
}

/** What cannot be done with a lock is told of the person's home. */
function tried<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof LockFileError) throw new HomeError(path, error.cause, error.what);
    throw error;
  }
}
