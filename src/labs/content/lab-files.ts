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
const LAB_KIND = /^kind:\s*["']?Lab["']?\s*(?:#.*)?$/m;

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
 * Lab files below a path: the file itself, or in a folder and its folders, sorted, every YAML file that calls itself a
 * lab or lies where labs lie. Links to folders are not followed.
 */
export function labFiles(path: string): LabFiles {
  if (isLabName(path)) return { files: [path], problems: [] };
  const walk: Walk = { entries: 0, files: [], problems: [] };
  lookInto(path, walk);
  if (walk.entries > ENTRIES_MAX) {
    const message = `more than ${ENTRIES_MAX} files and folders lie below it`;
    return { files: [], problems: [fileProblem(path, TOO_MANY, message)] };
  }
  const files = walk.files.filter((file) => file !== join(path, CONTENT_FILE) && meansLab(path, file));
  return { files, problems: walk.problems };
}

/**
 * In a folder called `labs` also a file counts whose kind is another: it is meant as one and broken. What cannot be read
 * anywhere may be one, and is told of rather than passed over.
 */
function meansLab(folder: string, file: string): boolean {
  if (basename(dirname(file)) === 'labs') return true;
  const { text } = readTextInside(folder, file);
  return text === undefined || LAB_KIND.test(text);
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
