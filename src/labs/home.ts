import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { refusalReason } from './refusal-reason.js';

/** Where a person's progress and journals are kept: `KUBEDRILL_HOME`, or the platform's data directory. */
export function homeDirectory(environment: NodeJS.ProcessEnv): string {
  const chosen = environment['KUBEDRILL_HOME'];
  return chosen ? chosen : envPaths('kubedrill', { suffix: '' }).data;
}

/** A folder or file of the person's that cannot be made, read or written; the message says which, why, and what to do. */
export class HomeError extends Error {
  constructor(path: string, cause: unknown, what: 'read' | 'written' = 'written') {
    const told = cause instanceof Error ? writeRefusal(cause) : String(cause);
    const reason = what === 'read' && cause instanceof Error ? refusalReason(cause) : told;
    super(`${path} cannot be ${what}: ${reason}. Put that right, or set KUBEDRILL_HOME to a folder of your own.`);
    this.name = 'HomeError';
  }
}

const WRITE_REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there (EACCES)',
  EPERM: 'you may not write there (EPERM)',
  EROFS: 'its file system is read-only (EROFS)',
};

/** Why something cannot be written, in a person's words: a clause that begins in lower case and has no full stop. */
export function writeRefusal({ code = '', message }: NodeJS.ErrnoException): string {
  return WRITE_REFUSALS[code] ?? message.replace(/^(\w+): ([^,]*),.*$/, '$2 ($1)');
}

/** Refuses a folder in which nothing can be written. Throws `HomeError`. */
export function writableFolder(path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new HomeError(path, error);
  }
}

/** One folder after another: Node's own recursion never ends below a folder in which nothing can be made (/proc). */
function makeFolder(path: string): void {
  if (!existsSync(path)) {
    const parent = dirname(path);
    if (parent !== path) makeFolder(parent);
    mkdirSync(path, { mode: 0o700 });
  } else if (!statSync(path).isDirectory()) throw new Error('it is a file, not a folder');
}

/** Makes a folder for private files below the home directory. Throws `HomeError` where that is impossible. */
export function privateFolder(home: string, ...names: readonly string[]): string {
  const path = resolve(join(home, ...names));
  try {
    makeFolder(path);
  } catch (error) {
    throw new HomeError(path, error);
  }
  return path;
}
