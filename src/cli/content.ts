import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import type { Deck } from '../labs/cards/deck.js';
import { readDeck } from '../labs/cards/read-deck.js';
import {
  type Catalogue,
  contentFolder,
  type LintLab,
  ownFolders,
  readCatalogues,
  readLabs,
  spaceAt,
} from '../labs/content/find.js';
import { type Decks, type Lessons, readDecks, readLessons } from '../labs/content/find-learning.js';
import { DECKS, isLabName, kindOfFile } from '../labs/content/lab-files.js';
import { readAny } from '../labs/content/read-any.js';
import { isInside, readTextInside, type TextOrProblem } from '../labs/content/read-text.js';
import type { Lab } from '../labs/format/lab.js';
import type { Problem } from '../labs/format/problem.js';
import { type CommandIo, UsageError } from './io.js';

/** Where a person's own labs are looked for: what `--content` names, then what KUBEDRILL_CONTENT does. */
export type ContentIo = Partial<Pick<CommandIo, 'content' | 'environment'>>;

/** Tells what an author should know of a lab; of one that ships with the program more is demanded. */
export type Lint = (lab: Lab, source: string, shipped: boolean) => readonly Problem[];

/** Paths of folders of the person's own labs. */
export function contentPaths({ content = [], environment = {} }: ContentIo): string[] {
  const named = (environment['KUBEDRILL_CONTENT'] ?? '').split(delimiter).filter((path) => path !== '');
  return [...content, ...named];
}

/** Every lab there is for this person. Throws where a folder named by `--content` is not there. */
export function catalogueOf(io: ContentIo, lint?: Lint): Catalogue {
  refuseMissing(io);
  return readCatalogues(contentFolder(), contentPaths(io), linters(lint));
}

/**
 * The labs of files, with the name space of the folder of the person's that they lie in. Each file is given with the path
 * it was found by: its own, or that of a folder. No link may lead out of that folder, or out of the one it lies in.
 */
export function labsOfFiles(files: ReadonlyMap<string, string>, io: ContentIo, lint?: Lint): Catalogue {
  const ours = contentFolder();
  const { folders } = ownFolders(ours, contentPaths(io));
  const bySpace = new Map<string | undefined, string[]>();
  for (const file of files.keys()) {
    const space = spaceAt(file, folders);
    bySpace.set(space, [...(bySpace.get(space) ?? []), file]);
  }
  const read = (file: string): TextOrProblem => {
    const found = files.get(file) ?? file;
    return readTextInside(found === file ? dirname(file) : found, file);
  };
  const catalogues = [...bySpace].map(([space, its]) =>
    readLabs(its, {
      space,
      read,
      as: readAny,
      lint: lint && ((lab, source) => lint(lab, source, lies(lab.file, ours))),
    }),
  );
  return {
    labs: catalogues.flatMap(({ labs }) => labs),
    problems: catalogues.flatMap(({ problems }) => problems),
  };
}

/** Every lesson there is for this person. */
export function lessonsOf(io: ContentIo, lint?: Lint): Lessons {
  refuseMissing(io);
  return readLessons(contentFolder(), contentPaths(io), linters(lint));
}

/** Every deck of cards there is for this person. */
export function decksOf(io: ContentIo): Decks {
  refuseMissing(io);
  return readDecks(contentFolder(), contentPaths(io));
}

/** The decks of cards among files, as `labsOfFiles` has them, in which nothing is wrong. */
export function decksOfFiles(files: ReadonlyMap<string, string>): readonly Deck[] {
  return [...files].flatMap(([file, found]) => {
    const { text } = readTextInside(found === file ? dirname(file) : found, file);
    if (text === undefined || kindOfFile(file, text) !== DECKS) return [];
    const { deck } = readDeck(file, text);
    return deck ? [deck] : [];
  });
}

/** Whether what a person gave for a lab is a file of one. */
export function isLabFile(given: string): boolean {
  return isLabName(given) && existsSync(given);
}

function linters(lint: Lint | undefined): { readonly shipped?: LintLab; readonly own?: LintLab } {
  return lint ? { shipped: linter(lint, true), own: linter(lint, false) } : {};
}

function linter(lint: Lint, shipped: boolean): LintLab {
  return (lab, source) => lint(lab, source, shipped);
}

/** Whether a file lies below a folder. */
function lies(file: string, folder: string): boolean {
  return isInside(realpathSync(folder), realpathSync(file));
}

function refuseMissing({ content = [] }: ContentIo): void {
  const missing = content.find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new UsageError(
      `There is no folder ${missing}. \`kubedrill new lab NAME --certification cka --content ${missing}\` makes one.`,
    );
}
