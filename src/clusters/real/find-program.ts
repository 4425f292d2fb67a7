import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** A program that was looked for: where it is, or what is in its place. */
export type FoundProgram =
  | { readonly path: string; readonly reason?: undefined }
  | { readonly path?: undefined; readonly reason: 'missing' }
  | { readonly path?: undefined; readonly reason: 'not-executable'; readonly notExecutable: string };

/** Looks for a program in the folders of PATH, as a shell would; a name with a slash is a path. */
export function findProgram(name: string, { PATH = '' }: Readonly<Record<string, string | undefined>>): FoundProgram {
  const places =
    name.includes('/') || isAbsolute(name)
      ? [name]
      : PATH.split(delimiter)
          .filter(Boolean)
          .map((folder) => join(folder, name));
  let notExecutable: string | undefined;
  for (const path of places) {
    if (!isFile(path)) continue;
    if (mayRun(path)) return { path };
    notExecutable ??= path;
  }
  return notExecutable === undefined ? { reason: 'missing' } : { reason: 'not-executable', notExecutable };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
