import { realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { WORLD_NAMES } from '../../clusters/port.js';
import type { Certification, Lab } from '../format/lab.js';
import type { Problem } from '../format/problem.js';
import { fileProblem, type ReadLab } from '../format/read-lab.js';
import type { Rule } from '../lint/rule.js';
import { READER_RULES } from '../lint/source/yaml.js';
import { refusalReason } from '../refusal-reason.js';
import { labFiles } from './lab-files.js';
import { readAgain } from './read-again.js';
import { isInside, readText, readTextInside, type TextOrProblem } from './read-text.js';
import { readSpace } from './space.js';

export { contentFolder } from './content-folder.js';

export const CERTIFICATIONS: readonly Certification[] = ['cka', 'ckad', 'cks'];

/** Something wrong in a folder of content; `lab` is the id of the lab that could not be read, where it is one. */
export type ContentProblem = Problem & { readonly lab?: string };

/** All labs that could be read, and all that is wrong with the others. */
export interface Catalogue {
  readonly labs: readonly Lab[];
  readonly problems: readonly ContentProblem[];
}

/** Reads every lab of a content folder; two labs with one id are a problem of the second. */
export function readCatalogue(folder: string, lint?: LintLab): Catalogue {
  const found = CERTIFICATIONS.map((certification) => labFiles(join(folder, certification, 'labs')));
  const files = found.flatMap((below) => below.files);
  const read = readLabs(files, {
    shown: (file) => relative(dirname(folder), file),
    read: (file) => readTextInside(folder, file),
    lint,
  });
  return { labs: read.labs, problems: [...found.flatMap(({ problems }) => problems), ...read.problems] };
}

/** What else is wrong with a lab that could be read, given its file's text. */
export type LintLab = (lab: Lab, source: string) => readonly Problem[];

/** A folder of a person's own labs. */
export interface OwnFolder {
  readonly path: string;
  /** What stands before its labs' ids: `acme:cka/name`. */
  readonly space: string;
}

const FOLDER_RULES = {
  unreadable: {
    name: 'content-folder',
    says: 'a folder of labs is there and can be read',
    remedy: 'name a folder of labs by --content or in KUBEDRILL_CONTENT',
    severity: 'error',
  },
  twin: {
    name: 'content-twin',
    says: 'no two folders of labs have one name space',
    remedy: 'give one of them another by a line `name: …` in its kubedrill.yaml',
    severity: 'error',
  },
} as const satisfies Record<string, Rule>;

/** The folders among these that labs can be read from, each once, and what is wrong with the others. */
export function ownFolders(
  ours: string,
  paths: readonly string[],
): { readonly folders: readonly OwnFolder[]; readonly problems: readonly ContentProblem[] } {
  const folders: OwnFolder[] = [];
  const problems: ContentProblem[] = [];
  const seen = new Set([realpathSync(ours)]);
  for (const path of paths) {
    const { real, problem } = realFolder(path);
    if (problem !== undefined) problems.push(fileProblem(path, FOLDER_RULES.unreadable, problem));
    if (real === undefined || seen.has(real)) continue;
    seen.add(real);
    const { space, problems: its } = readSpace(real);
    problems.push(...its.map((one) => ({ ...one, file: join(path, relative(real, one.file)) })));
    const twin = folders.find((other) => other.space === space);
    if (twin) {
      problems.push(fileProblem(path, FOLDER_RULES.twin, `its name space ${space} is that of ${twin.path} too`));
    } else folders.push({ path, space });
  }
  return { folders, problems };
}

/** Reads the labs that ship with the program and those of a person's folders, wherever in those they lie. */
export function readCatalogues(
  ours: string,
  paths: readonly string[],
  lint: { readonly shipped?: LintLab; readonly own?: LintLab } = {},
): Catalogue {
  const { folders, problems } = ownFolders(ours, paths);
  const read = [readCatalogue(ours, lint.shipped), ...folders.map((folder) => readOwn(folder, lint.own))];
  return {
    labs: read.flatMap(({ labs }) => labs),
    problems: [...problems, ...read.flatMap((one) => one.problems)],
  };
}

function readOwn({ path, space }: OwnFolder, lint?: LintLab): Catalogue {
  const { files, problems } = labFiles(path);
  const read = readLabs(files, { read: (file) => readTextInside(path, file), space, lint });
  return { labs: read.labs, problems: [...problems, ...read.problems] };
}

/** The name space of a file that lies in one of these folders. */
export function spaceAt(file: string, folders: readonly OwnFolder[]): string | undefined {
  const { real } = realPath(file);
  if (real === undefined) return undefined;
  return folders.find(({ path }) => isInside(realpathSync(path), real))?.space;
}

/** How labs are read from files. */
export interface ReadLabsOptions {
  /** What a file's text is read as: a lab, when left out. */
  readonly as?: (file: string, text: string, worlds: readonly string[]) => ReadLab;
  /** What a file is called in problems: its path, when left out. */
  readonly shown?: (file: string) => string;
  readonly read?: (file: string) => TextOrProblem;
  /** The name space of these labs. */
  readonly space?: string | undefined;
  /** Has labs looked at that could be read. */
  readonly lint?: LintLab | undefined;
}

/** Reads labs from files. */
export function readLabs(
  files: readonly string[],
  { shown = (file) => file, read = readText, space, lint = () => [], as = readAgain }: ReadLabsOptions = {},
): Catalogue {
  const labs: Lab[] = [];
  const problems: ContentProblem[] = [];
  for (const path of files) {
    const file = shown(path);
    const lab = inSpace(idOfFile(path), space);
    const { text, problem } = read(path);
    if (problem !== undefined) {
      problems.push({ ...fileProblem(file, READER_RULES.unreadable, problem), lab });
      continue;
    }
    const found = as(file, text, WORLD_NAMES);
    problems.push(...found.problems.map((one) => ({ ...one, lab })));
    if (!found.lab) continue;
    const id = inSpace(found.lab.id, space);
    const twin = labs.find((other) => other.id === id);
    if (twin) {
      const message = `${id} is the name of ${twin.file} too`;
      problems.push({ ...fileProblem(file, READER_RULES.twinLab, message, 1), field: 'metadata.name', lab });
    } else {
      labs.push({ ...found.lab, id });
      problems.push(...lint(found.lab, text).map((one) => ({ ...one, lab: id })));
    }
  }
  return { labs, problems };
}

/**
 * `content/cka/labs/drain-a-node.yaml` is cka/drain-a-node, of lessons and cards their folder is part of it; elsewhere a
 * file's name is what can be said.
 */
function idOfFile(file: string): string {
  const path = file.replaceAll('\\', '/');
  const parts = /^(?:.*\/)?([^/]+)\/(?:labs|(lessons|cards))\/(?:.*\/)?([^/]+)\.ya?ml$/.exec(path);
  if (!parts) return path.replace(/^.*\/|\.ya?ml$/g, '');
  const [, certification, folder, name] = parts;
  return folder === undefined ? `${certification}/${name}` : `${certification}/${folder}/${name}`;
}

/** The name of something of a name space. */
export function inSpace(id: string, space: string | undefined): string {
  return space === undefined ? id : `${space}:${id}`;
}

function realFolder(path: string): { readonly real?: string; readonly problem?: string } {
  const { real, problem } = realPath(path);
  if (real === undefined) return { problem: problem?.replace('no such file', 'no such folder') ?? 'it is not there' };
  return statSync(real).isDirectory() ? { real } : { problem: 'it is a file, not a folder of labs' };
}

function realPath(path: string): { readonly real?: string; readonly problem?: string } {
  try {
    return { real: realpathSync(path) };
  } catch (error) {
    return { problem: refusalReason(error as NodeJS.ErrnoException) };
  }
}
