import {
  closeSync,
  existsSync,
  fchmodSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ExpectedError } from '../io.js';

/** How the first line of a file begins that a serve wrote; its process id follows. */
const MARK = '# written by kubedrill serve';
const PRIVATE = 0o600;

/** A kubeconfig in its place. */
export interface PlacedKubeconfig {
  /** Where the file lies meanwhile that had been there. */
  readonly kept: string | undefined;
  /** Takes it away and puts back what had been there, unless somebody has changed it since. */
  remove(): void;
}

/**
 * Writes a kubeconfig that only its owner can read, whatever modes the file had. A file there that is somebody else's is
 * kept beside it; that of a serve which still runs is left alone. Throws ExpectedError with the remedy when the place is
 * taken or cannot be written.
 */
export function writeKubeconfig(path: string, content: string): PlacedKubeconfig {
  const text = `${MARK}, process ${process.pid}\n${content}`;
  try {
    const kept = setAside(path);
    const file = openSync(path, 'a', PRIVATE);
    try {
      // Private first, then empty, then filled: nobody else reads the key meanwhile.
      fchmodSync(file, PRIVATE);
      ftruncateSync(file);
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
    return { kept, remove: () => remove(path, text, kept) };
  } catch (error) {
    throw new ExpectedError(explain(path, error as NodeJS.ErrnoException));
  }
}

function remove(path: string, text: string, kept: string | undefined): void {
  try {
    if (readFileSync(path, 'utf8') !== text) return;
    if (kept === undefined) unlinkSync(path);
    else renameSync(kept, path);
  } catch {
    // It leads nowhere any more, and whoever took it or forbids it knows why.
  }
}

function setAside(path: string): string | undefined {
  let old: string;
  try {
    const place = statSync(path);
    // Its mode would be changed, and reading a pipe may never end.
    if (!place.isFile() && !place.isDirectory()) throw new Error('it is a device, a pipe or the like; name a file');
    old = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (old.trim() === '') return undefined;
  if (old.startsWith(MARK)) return leaveToItsServe(old);
  const base = `${path}.before-kubedrill`;
  let kept = base;
  for (let number = 1; existsSync(kept); number += 1) kept = `${base}.${number}`;
  renameSync(path, kept);
  return kept;
}

/** Throws while the serve that wrote a file runs; what a serve left behind that was killed may be written over. */
function leaveToItsServe(old: string): undefined {
  const writer = Number(/, process (\d+)\n/.exec(old)?.[1]);
  if (!writer || writer === process.pid || !runs(writer)) return undefined;
  throw new Error(`the serve with process id ${writer} wrote it and still runs; name another file with --kubeconfig`);
}

function runs(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `you may not write there; choose a file of your own instead of ${path}`,
  ELOOP: () => 'its symbolic links lead in a circle; choose another place',
  EISDIR: (path) => `it is a directory; name a file in it, such as ${path.replace(/\/+$/, '')}/kubedrill.kubeconfig`,
  ENOENT: (path) =>
    path === ''
      ? 'it has no name; name a file with --kubeconfig'
      : `there is no directory ${dirname(path)}; make it first, or choose another place`,
  ENOTDIR: (path) => `${dirname(path)} is no directory; choose another place`,
  EROFS: () => 'its file system is read-only; choose another place',
  ENOSPC: () => 'the disk is full; choose another place',
};

function explain(path: string, { code = '', message }: NodeJS.ErrnoException): string {
  return `The kubeconfig ${path || '""'} cannot be written: ${REASONS[code]?.(path) ?? message}.`;
}
