import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the content that ships with the program: beside its package file. Throws when there is none. */
export function contentFolder(from: string = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'content'))) return join(folder, 'content');
    if (folder === dirname(folder))
      throw new Error(`no content folder was found above ${from}; the installation is incomplete`);
  }
}
