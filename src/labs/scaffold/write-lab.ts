import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Schema } from '../../checker/schema/words.js';
import { DECK_SCHEMA } from '../cards/schema.js';
import { contentFolder } from '../content/content-folder.js';
import { CONTENT_FILE, DECKS, LABS, LESSONS } from '../content/lab-files.js';
import { readSpace } from '../content/space.js';
import { LAB_SCHEMA } from '../format/schema.js';
import { LESSON_SCHEMA } from '../lesson/schema.js';
import { fillDeck, fillLesson } from './new-learning.js';
import { fillTemplate, type NewLab } from './scaffold.js';

/** What can be made. */
export type NewKind = 'lab' | 'lesson' | 'cards';

/** Where files of a kind lie, and what editors are to know of them. */
const KINDS: Readonly<
  Record<NewKind, { readonly folder: string; readonly schemaFile: string; readonly schema: Schema }>
> = {
  lab: { folder: LABS.folder, schemaFile: 'lab.schema.json', schema: LAB_SCHEMA },
  lesson: { folder: LESSONS.folder, schemaFile: 'lesson.schema.json', schema: LESSON_SCHEMA },
  cards: { folder: DECKS.folder, schemaFile: 'deck.schema.json', schema: DECK_SCHEMA },
};

/** A file that was written, and what else was. */
export interface WrittenLab {
  readonly file: string;
  /** Undefined in the program's own content. */
  readonly space: string | undefined;
  readonly also: readonly string[];
}

/** Where a new file would lie in a folder of labs. */
export function newLabPath(folder: string, kind: NewKind, { certification, name }: NewLab): string {
  return join(folder, certification, KINDS[kind].folder, `${name}.yaml`);
}

/**
 * Writes a new lab, lesson or deck of cards into a folder of labs, which is made when it is not there, with the schema for
 * editors beside it and the folder's name. Nothing is overwritten but a schema of an older kubedrill. Throws Node's errors,
 * EEXIST among them.
 */
export function writeLab(folder: string, kind: NewKind, lab: NewLab): WrittenLab {
  const file = newLabPath(folder, kind, lab);
  const text = textOf(kind, lab);
  makeFolders(dirname(file));
  writeFileSync(file, text, { flag: 'wx' });
  if (isOurs(folder)) return { file, space: undefined, also: [] };
  const also = [writeSchema(folder, kind), writeName(folder)].filter((path) => path !== undefined);
  return { file, space: readSpace(folder).space, also };
}

function textOf(kind: NewKind, lab: NewLab): string {
  const template = (name: string): string => readFileSync(join(contentFolder(), 'templates', `${name}.yaml`), 'utf8');
  switch (kind) {
    case 'lab':
      return fillTemplate(template(lab.certification), lab);
    case 'lesson':
      return fillLesson(template(kind), lab);
    case 'cards':
      return fillDeck(template(kind), lab);
  }
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

/** Puts the schema where the first line of a file looks for it; one that somebody else wrote stays. */
function writeSchema(folder: string, kind: NewKind): string | undefined {
  const { schemaFile, schema } = KINDS[kind];
  const path = join(folder, schemaFile);
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  if (existsSync(path)) {
    const before = readFileSync(path, 'utf8');
    if (before === text || !before.includes(String(schema['$id']))) return undefined;
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
