import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where a person's progress and journals are kept: `KUBEDRILL_HOME`, or the platform's data directory. */
export function homeDirectory(environment: NodeJS.ProcessEnv): string {
  const chosen = environment['KUBEDRILL_HOME'];
  return chosen ? chosen : envPaths('kubedrill', { suffix: '' }).data;
}

/** Makes a folder for private files below the home directory. Throws what the file system says, with the path. */
export function privateFolder(home: string, ...names: readonly string[]): string {
  const path = join(home, ...names);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
