import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type Holder, isAlive, thisProcess } from './holder.js';

/** A lock that cannot be read or written; `cause` is what the file system said. */
export class LockFileError extends Error {
  override readonly name = 'LockFileError';

  constructor(
    readonly what: 'read' | 'written',
    override readonly cause: unknown,
  ) {
    super(`a lock cannot be ${what}`, { cause });
  }
}

const TAKEOVERS_MAX = 5;

/** A file that says which process has something for itself. */
export class LockFile {
  private constructor(private readonly path: string) {}

  /** Takes the lock, or gives who runs and has it; one that a dead process left is taken over. Throws `LockFileError`. */
  static take(path: string): LockFile | Holder {
    const text = JSON.stringify(thisProcess());
    for (let attempt = 0; attempt < TAKEOVERS_MAX; attempt += 1) {
      if (tryCreate(path, text)) return new LockFile(path);
      const found = tryRead(path);
      if (found === undefined) continue;
      const holder = holderIn(found);
      if (holder && isAlive(holder)) return holder;
      moveAway(path, found);
    }
    throw new LockFileError('written', new Error('others take it again and again'));
  }

  /** Lets others have it. */
  release(): void {
    rmSync(this.path, { force: true });
  }
}

/** The process that has a lock and still runs, if one has. Throws `LockFileError`. */
export function holderOf(path: string): Holder | undefined {
  const text = tryRead(path);
  const holder = text === undefined ? undefined : holderIn(text);
  return holder && isAlive(holder) ? holder : undefined;
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
    throw new LockFileError('written', error);
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
    throw new LockFileError('read', error);
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    const whole = Number.isInteger(value?.pid) && typeof value?.host === 'string' && typeof value.started === 'number';
    return whole ? (value as Holder) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Removes the lock that was looked at; where another process was quicker, its lock is put back. */
function moveAway(path: string, seen: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new LockFileError('written', error);
  }
  if (tryRead(aside) === seen) rmSync(aside, { force: true });
  else renameSync(aside, path);
}
