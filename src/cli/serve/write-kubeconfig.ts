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

/** The first line of a file that may be written over without asking. */
const MARK = '# written by kubedrill serve';
const PRIVATE = 0o600;

/**
 * Writes a kubeconfig that only its owner can read, whatever modes the file had. A file there that is somebody else's is
 * kept beside it; returns where. Throws ExpectedError with the remedy when the place cannot be written.
 */
export function writeKubeconfig(path: string, content: string): string | undefined {
  try {
    const kept = setAside(path);
    const file = openSync(path, 'a', PRIVATE);
    try {
      // Private first, then empty, then filled: nobody else reads the key meanwhile.
      fchmodSync(file, PRIVATE);
      ftruncateSync(file);
      writeSync(file, `${MARK}\n${content}`);
    } finally {
      closeSync(file);
    }
    return kept;
  } catch (error) {
    throw new ExpectedError(explain(path, error as NodeJS.ErrnoException));
  }
}

/** Removes a kubeconfig that `writeKubeconfig` wrote, unless somebody has changed it since. */
export function removeKubeconfig(path: string, content: string): void {
  try {
    if (readFileSync(path, 'utf8') === `${MARK}\n${content}`) unlinkSync(path);
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
  if (old.trim() === '' || old.startsWith(MARK)) return undefined;
  const base = `${path}.before-kubedrill`;
  let kept = base;
  for (let number = 1; existsSync(kept); number += 1) kept = `${base}.${number}`;
  renameSync(path, kept);
  return kept;
}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `you may not write there; choose a file of your own instead of ${path}`,
  ELOOP: () => 'its symbolic links lead in a circle; choose another place',
  EISDIR: (path) => `it is a directory; name a file in it, such as ${path.replace(/\/+$/, '')}/kubedrill.kubeconfig`,
  ENOENT: (path) => `there is no directory ${dirname(path)}; make it first, or choose another place`,
  ENOTDIR: (path) => `${dirname(path)} is no directory; choose another place`,
  EROFS: () => 'its file system is read-only; choose another place',
  ENOSPC: () => 'the disk is full; choose another place',
};

function explain(path: string, { code = '', message }: NodeJS.ErrnoException): string {
  return `The kubeconfig ${path} cannot be written: ${REASONS[code]?.(path) ?? message}.`;
}
