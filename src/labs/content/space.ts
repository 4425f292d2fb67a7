import { basename, join, resolve } from 'node:path';
import { load, YAMLException } from 'js-yaml';
import type { Problem } from '../format/problem.js';
import { fileProblem } from '../format/read-lab.js';
import type { Rule } from '../lint/rule.js';
import { CONTENT_FILE } from './lab-files.js';
import { readTextInside } from './read-text.js';

const SPACE = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** Would read as something else before a colon. */
const TAKEN = ['cka', 'ckad', 'cks', 'kubedrill'];

const NAME: Rule = {
  name: 'content-name',
  says: 'the kubedrill.yaml of a folder of labs gives its name space, and nothing else',
  remedy: 'it holds one line, such as `name: acme`',
  severity: 'error',
};

/** The name space of a folder's labs: what its `kubedrill.yaml` says (`name: acme`), else the folder's own name. */
export function readSpace(folder: string): { readonly space: string; readonly problems: readonly Problem[] } {
  const file = join(folder, CONTENT_FILE);
  const { text, problem } = readTextInside(folder, file);
  if (text === undefined) {
    const absent = problem === 'there is no such file';
    return { space: spaceOfFolder(folder), problems: absent ? [] : [fileProblem(file, NAME, problem)] };
  }
  const { name, wrong } = readName(text);
  if (wrong === undefined) return { space: name, problems: [] };
  return {
    space: spaceOfFolder(folder),
    problems: [{ ...fileProblem(file, NAME, wrong.message), field: wrong.field }],
  };
}

/** The name space in a lab's id; undefined for a lab that ships with the program. */
export function spaceOf(id: string): string | undefined {
  return /^([^/:]+):/.exec(id)?.[1];
}

type Name =
  | { readonly name: string; readonly wrong?: undefined }
  | { readonly name?: undefined; readonly wrong: { readonly field: string; readonly message: string } };

function readName(text: string): Name {
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { wrong: { field: '', message: error.reason } };
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { wrong: { field: '', message: 'it is no map of one field' } };
  const other = Object.keys(value).find((key) => key !== 'name');
  if (other !== undefined) return { wrong: { field: other, message: 'unknown field' } };
  const { name } = value as { name?: unknown };
  if (typeof name !== 'string' || !SPACE.test(name) || TAKEN.includes(name)) {
    const message = `must be at most 32 small letters, digits and hyphens, and none of ${TAKEN.join(', ')}`;
    return { wrong: { field: 'name', message } };
  }
  return { name };
}

function spaceOfFolder(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 32)
    .replace(/-+$/, '');
  if (name === '') return 'labs';
  return TAKEN.includes(name) ? `${name}-labs` : name;
}
