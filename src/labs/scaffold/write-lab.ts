import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { contentFolder } from '../content/content-folder.js';
import { CONTENT_FILE } from '../content/lab-files.js';
import { readSpace } from '../content/space.js';
import { LAB_SCHEMA } from '../format/schema.js';
import { fillTemplate, type NewLab } from './scaffold.js';

const SCHEMA_FILE = 'lab.schema.json';

/** A lab's file that was written, and what else was. */
export interface WrittenLab {
  readonly file: string;
  /** Undefined in the program's own content. */
  readonly space: string | undefined;
  readonly also: readonly string[];
}

/** Where a new lab would lie in a folder of labs. */
export function newLabPath(folder: string, { certification, name }: NewLab): string {
  return join(folder, certification, 'labs', `${name}.yaml`);
}

/**
 * Writes a new lab into a folder of labs, which is made when it is not there, with the schema for editors beside it and
 * the folder's name. Nothing is overwritten but a schema of an older kubedrill. Throws Node's errors, EEXIST among them.
 */
export function writeLab(folder: string, lab: NewLab): WrittenLab {
  const file = newLabPath(folder, lab);
  const template = readFileSync(join(contentFolder(), 'templates', `${lab.certification}.yaml`), 'utf8');
  makeFolders(dirname(file));
  writeFileSync(file, fillTemplate(template, lab), { flag: 'wx' });
  if (isOurs(folder)) return { file, space: undefined, also: [] };
  const also = [writeSchema(folder), writeName(folder)].filter((path) => path !== undefined);
  return { file, space: readSpace(folder).space, also };
}

/** Makes a folder and those above it. One by one: where none can be made, as below /proc, Node's own way never ends. */
export function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder);
}

/** The program's own content has both already. */
function isOurs(folder: string): boolean {
  return basename(folder) === 'content' && existsSync(join(folder, 'curriculum.yaml'));
}

/** Puts the schema where the first line of a lab looks for it; one that somebody else wrote stays. */
function writeSchema(folder: string): string | undefined {
  const path = join(folder, SCHEMA_FILE);
  const text = `${JSON.stringify(LAB_SCHEMA, undefined, 2)}\n`;
  if (existsSync(path)) {
    const before = readFileSync(path, 'utf8');
    if (before === text || !before.includes(String(LAB_SCHEMA['$id']))) return undefined;
  }
  writeFileSync(path, text);
  return path;
}

function writeName(folder: string): string | undefined {
  const path = join(folder, CONTENT_FILE);
  if (existsSync(path)) return undefined;
  writeFileSync(
    path,
    `# What stands before the names of these labs: ${'`'}name:cka/a-lab${'`'}.\nname: ${readSpace(folder).space}\n`,
  );
  return path;
}
