import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where a person's progress and journals are kept: `KUBEDRILL_HOME`, or the platform's data directory. */
export function homeDirectory(environment: NodeJS.ProcessEnv): string {
  const chosen = environment['KUBEDRILL_HOME'];
  return chosen ? chosen : envPaths('kubedrill', { suffix: '' }).data;
}

/** A folder or file of the person's that cannot be made, read or written; the message says which, why, and what to do. */
export class HomeError extends Error {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message.replace(/^(\w+): ([^,]*),.*$/, '$2 ($1)') : String(cause);
    super(`${path} cannot be written: ${reason}. Put that right, or set KUBEDRILL_HOME to a folder of your own.`);
    this.name = 'HomeError';
  }
}

/** Makes a folder for private files below the home directory. Throws `HomeError` where that is impossible. */
export function privateFolder(home: string, ...names: readonly string[]): string {
  const path = join(home, ...names);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new HomeError(path, error);
  }
  return path;
}
