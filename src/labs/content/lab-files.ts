import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../format/problem.js';
import { fileProblem } from '../format/read-lab.js';
import type { Rule } from '../lint/rule.js';
import { READER_RULES } from '../lint/source/yaml.js';
import { refusalReason } from '../refusal-reason.js';
import { readTextInside } from './read-text.js';

/** Files that should be labs, and what cannot be looked into. */
export interface LabFiles {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const LAB_NAME = /\.ya?ml$/;

/** Folders in which nobody keeps labs of their own. */
const FOREIGN = new Set(['.git', 'node_modules']);

/** A kind of file that content is made of: what it calls itself, and the folder in which its files lie. */
export interface FileKind {
  readonly name: 'Lab' | 'Lesson' | 'Deck';
  readonly folder: string;
  readonly line: RegExp;
}

const kind = (name: FileKind['name'], folder: string): FileKind => ({
  name,
  folder,
  line: new RegExp(`^kind:\\s*["']?${name}["']?\\s*(?:#.*)?$`, 'm'),
});

export const LABS = kind('Lab', 'labs');
export const LESSONS = kind('Lesson', 'lessons');
export const DECKS = kind('Deck', 'cards');

/** The kind of a file, by what it calls itself, or else by the folder it lies in. */
export function kindOfFile(path: string, text: string): FileKind {
  const kinds = [LABS, LESSONS, DECKS];
  const folder = basename(dirname(path));
  return kinds.find(({ line }) => line.test(text)) ?? kinds.find((one) => one.folder === folder) ?? LABS;
}

/** More than anybody has in a folder of labs: whoever names his whole disk is told so instead of having it read. */
const ENTRIES_MAX = 20_000;

const TOO_MANY: Rule = {
  name: 'content-size',
  says: `no more than ${ENTRIES_MAX} files and folders lie below a folder of labs`,
  remedy: 'name a folder that holds just labs',
  severity: 'error',
};

/** Says what a folder of labs is called; no lab. */
export const CONTENT_FILE = 'kubedrill.yaml';

/** Whether a path is named as labs are. */
export function isLabName(path: string): boolean {
  return LAB_NAME.test(path);
}

/**
 * Files of these kinds, by default labs, below a path: the file itself, or in a folder and its folders, sorted, every
 * YAML file that calls itself one or lies where they lie. Links to folders are not followed.
 */
export function labFiles(path: string, kinds: readonly FileKind[] = [LABS]): LabFiles {
  if (isLabName(path)) return { files: [path], problems: [] };
  const walk: Walk = { entries: 0, files: [], problems: [] };
  lookInto(path, walk);
  if (walk.entries > ENTRIES_MAX) {
    const message = `more than ${ENTRIES_MAX} files and folders lie below it`;
    return { files: [], problems: [fileProblem(path, TOO_MANY, message)] };
  }
  const files = walk.files.filter((file) => file !== join(path, CONTENT_FILE) && isMeant(path, file, kinds));
  return { files, problems: walk.problems };
}

/**
 * In a folder called `labs` also a file counts whose kind is another: it is meant as one and broken; so with lessons and
 * cards. What cannot be read anywhere may be a lab, and is told of rather than passed over.
 */
function isMeant(folder: string, file: string, kinds: readonly FileKind[]): boolean {
  const lies = basename(dirname(file));
  if (kinds.some((one) => one.folder === lies)) return true;
  const { text } = readTextInside(folder, file);
  return text === undefined ? kinds.includes(LABS) : kinds.some(({ line }) => line.test(text));
}

interface Walk {
  entries: number;
  readonly files: string[];
  readonly problems: Problem[];
}

function lookInto(path: string, walk: Walk): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    const message = code === 'ENOTDIR' ? "it is no lab: a lab's name ends in .yaml" : refusalReason(error as Error);
    walk.problems.push(fileProblem(path, READER_RULES.unreadable, message));
    return;
  }
  walk.entries += entries.length;
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (walk.entries > ENTRIES_MAX) return;
    const inner = join(path, entry.name);
    // A folder that is called like a lab is told of where it is read.
    if (isLabName(entry.name)) walk.files.push(inner);
    else if (entry.isDirectory() && !FOREIGN.has(entry.name)) lookInto(inner, walk);
  }
}
