import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { WORLD_NAMES } from '../../clusters/port.js';
import type { Certification, Lab } from '../format/lab.js';
import type { Problem } from '../format/problem.js';
import { fileProblem, readLab } from '../format/read-lab.js';
import { READER_RULES } from '../lint/source/yaml.js';
import { refusalReason } from '../refusal-reason.js';
import { readText } from './read-text.js';

export { contentFolder } from './content-folder.js';

export const CERTIFICATIONS: readonly Certification[] = ['cka', 'ckad', 'cks'];

/** All labs that could be read, and all that is wrong with the others. */
export interface Catalogue {
  readonly labs: readonly Lab[];
  readonly problems: readonly Problem[];
}

/** Reads every lab of a content folder; two labs with one id are a problem of the second. */
export function readCatalogue(folder: string, lint?: LintLab): Catalogue {
  const found = CERTIFICATIONS.map((certification) => labFiles(join(folder, certification, 'labs')));
  const read = readLabs(
    found.flatMap(({ files }) => files),
    (file) => relative(dirname(folder), file),
    lint,
  );
  return { labs: read.labs, problems: [...found.flatMap(({ problems }) => problems), ...read.problems] };
}

/** What else is wrong with a lab that could be read, given its file's text. */
export type LintLab = (lab: Lab, source: string) => readonly Problem[];

/** Reads labs from files. `shown` is what a file is called in problems; with `lint` also its problems are told. */
export function readLabs(
  files: readonly string[],
  shown: (file: string) => string = (file) => file,
  lint: LintLab = () => [],
): Catalogue {
  const labs: Lab[] = [];
  const problems: Problem[] = [];
  for (const path of files) {
    const file = shown(path);
    const { text, problem } = readText(path);
    if (problem !== undefined) {
      problems.push(fileProblem(file, READER_RULES.unreadable, problem));
      continue;
    }
    const read = readLab(file, text, WORLD_NAMES);
    problems.push(...read.problems);
    if (!read.lab) continue;
    const { id } = read.lab;
    const twin = labs.find((other) => other.id === id);
    if (twin)
      problems.push({
        ...fileProblem(file, READER_RULES.twinLab, `${id} is the name of ${twin.file} too`, 1),
        field: 'metadata.name',
      });
    else {
      labs.push(read.lab);
      problems.push(...lint(read.lab, text));
    }
  }
  return { labs, problems };
}

/** Files that should be labs, and what cannot be looked into. */
export interface LabFiles {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const LAB_NAME = /\.ya?ml$/;

/** Folders in which nobody keeps labs of their own. */
const FOREIGN = new Set(['.git', 'node_modules']);
const LAB_KIND = /^kind:\s*["']?Lab["']?\s*(?:#.*)?$/m;

/**
 * Lab files below a path: the file itself, or in a folder and its folders, sorted, every YAML file that calls itself a
 * lab or lies where labs lie.
 */
export function labFiles(path: string): LabFiles {
  const { files, problems } = yamlFiles(path);
  return { files: files.filter((file) => file === path || meansLab(file)), problems };
}

/**
 * In a folder called `labs` also a file counts whose kind is another: it is meant as one and broken. What cannot be read
 * anywhere may be one, and is told of rather than passed over.
 */
function meansLab(file: string): boolean {
  if (basename(dirname(file)) === 'labs') return true;
  const { text } = readText(file);
  return text === undefined || LAB_KIND.test(text);
}

function yamlFiles(path: string): LabFiles {
  if (LAB_NAME.test(path)) return { files: [path], problems: [] };
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { files: [], problems: [] };
    const message = code === 'ENOTDIR' ? "it is no lab: a lab's name ends in .yaml" : refusalReason(error as Error);
    return { files: [], problems: [fileProblem(path, READER_RULES.unreadable, message)] };
  }
  const below = entries
    .filter((entry) => (entry.isDirectory() ? !FOREIGN.has(entry.name) : LAB_NAME.test(entry.name)))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((entry) => yamlFiles(join(path, entry.name)));
  return { files: below.flatMap(({ files }) => files), problems: below.flatMap(({ problems }) => problems) };
}
