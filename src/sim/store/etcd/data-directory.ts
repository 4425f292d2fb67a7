import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { SnapshotError } from '../errors.js';
import { databaseBytes, restoreSnapshot } from '../snapshot.js';
import { Store } from '../store.js';

/** Where the database lies in a data directory. */
export function databasePath(dataDir: string): string {
  return `${dataDir}/member/snap/db`;
}

/** The data directory as it was found. */
export interface OpenedData {
  readonly store: Store;
  /** False when there was nothing. */
  readonly existed: boolean;
}

/**
 * Opens a data directory, making it when it is not there. While a member runs, its database is the store itself, kept
 * with the file; a file that was put there (a restored snapshot) is read. Throws `Errno` and `SnapshotError`.
 */
export function openDataDirectory(sys: Sys, dataDir: string): OpenedData {
  const path = databasePath(dataDir);
  const files = sys.fileSystem();
  const kept = exists(sys, path) ? files.attachment(path) : undefined;
  if (kept instanceof Store) return { store: kept, existed: true };
  if (exists(sys, path)) {
    const store = restoreSnapshot(sys.readFile(path), { skipHashCheck: true });
    files.attach(path, store);
    return { store, existed: true };
  }
  for (const directory of [...pathTo(dataDir), `${dataDir}/member`, `${dataDir}/member/snap`, `${dataDir}/member/wal`])
    makeDirectory(sys, directory);
  const store = new Store();
  sys.writeFile(path, databaseBytes(store), 0o600);
  files.attach(path, store);
  return { store, existed: false };
}

/** Writes the database file out, so that copies taken of a stopped member hold what it knew. */
export function closeDataDirectory(sys: Sys, dataDir: string, store: Store): void {
  const path = databasePath(dataDir);
  try {
    if (sys.fileSystem().attachment(path) !== store) return;
    sys.writeFile(path, databaseBytes(store), 0o600);
    sys.fileSystem().attach(path, store);
  } catch (error) {
    // The directory was taken away under the running member: nothing is left to write to.
    if (!isErrno(error) && !(error instanceof SnapshotError)) throw error;
  }
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** A folder with those above it, the highest first. */
function pathTo(folder: string): string[] {
  const names = folder.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/')).filter((path) => path !== '');
}

function makeDirectory(sys: Sys, path: string): void {
  try {
    sys.makeDirectory(path, 0o700);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
}
