import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WORLD_NAMES } from '../../clusters/port.js';
import type { Certification, Lab } from '../format/lab.js';
import type { Problem } from '../format/problem.js';
import { readLab } from '../format/read-lab.js';

export const CERTIFICATIONS: readonly Certification[] = ['cka', 'ckad', 'cks'];

/** All labs that could be read, and all that is wrong with the others. */
export interface Catalogue {
  readonly labs: readonly Lab[];
  readonly problems: readonly Problem[];
}

/** The folder of the content that ships with the program: beside its package file. Throws when there is none. */
export function contentFolder(from: string = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'content'))) return join(folder, 'content');
    if (folder === dirname(folder))
      throw new Error(`no content folder was found above ${from}; the installation is incomplete`);
  }
}

/** Reads every lab of a content folder; two labs with one id are a problem of the second. */
export function readCatalogue(folder: string): Catalogue {
  const labs: Lab[] = [];
  const problems: Problem[] = [];
  for (const file of CERTIFICATIONS.flatMap((certification) => labFiles(join(folder, certification, 'labs')))) {
    const shown = relative(dirname(folder), file);
    const read = readLab(shown, readFileSync(file, 'utf8'), WORLD_NAMES);
    problems.push(...read.problems);
    if (!read.lab) continue;
    const twin = labs.find(({ id }) => id === read.lab?.id);
    if (twin)
      problems.push({
        file: shown,
        line: 1,
        field: 'metadata.name',
        message: `${read.lab.id} is the name of ${twin.file} too`,
      });
    else labs.push(read.lab);
  }
  return { labs, problems };
}

/** Lab files below a path: the file itself, or every YAML file in a folder and its folders, sorted. */
export function labFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (/\.ya?ml$/.test(path)) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() || /\.ya?ml$/.test(entry.name) ? labFiles(join(path, entry.name)) : []));
}
