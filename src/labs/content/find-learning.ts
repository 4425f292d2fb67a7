import { dirname, join, relative } from 'node:path';
import type { Deck } from '../cards/deck.js';
import { readDeck } from '../cards/read-deck.js';
import { fileProblem } from '../format/read-lab.js';
import { type LessonAsLab, readLesson } from '../lesson/read-lesson.js';
import { READER_RULES } from '../lint/source/yaml.js';
import {
  type Catalogue,
  CERTIFICATIONS,
  type ContentProblem,
  inSpace,
  type LintLab,
  ownFolders,
  type ReadLabsOptions,
  readLabs,
} from './find.js';
import { DECKS, type FileKind, LESSONS, labFiles } from './lab-files.js';
import { readText, readTextInside } from './read-text.js';

/** All lessons that could be read, and what is wrong with the others. */
export interface Lessons {
  readonly lessons: readonly LessonAsLab[];
  readonly problems: readonly ContentProblem[];
}

/** All decks of cards that could be read, and what is wrong with the others. */
export interface Decks {
  readonly decks: readonly Deck[];
  readonly problems: readonly ContentProblem[];
}

/** A folder of content as it is read. */
interface Place extends Pick<ReadLabsOptions, 'read' | 'shown' | 'space'> {
  readonly shipped: boolean;
  readonly files: readonly string[];
  readonly problems: readonly ContentProblem[];
}

/** Reads the lessons that ship with the program and those of a person's folders, each exam's in their places. */
export function readLessons(
  ours: string,
  paths: readonly string[],
  lint: { readonly shipped?: LintLab; readonly own?: LintLab } = {},
): Lessons {
  const read = placesOf(LESSONS, ours, paths).map(({ shipped, files, problems, ...place }): Catalogue => {
    const found = readLabs(files, { ...place, as: readLesson, lint: shipped ? lint.shipped : lint.own });
    return { ...found, problems: [...problems, ...found.problems] };
  });
  return {
    lessons: read.flatMap(({ labs }) => inPlaces(labs as readonly LessonAsLab[])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function inPlaces(lessons: readonly LessonAsLab[]): LessonAsLab[] {
  const place = ({ lesson }: LessonAsLab): number => lesson.spec.place ?? Number.POSITIVE_INFINITY;
  return CERTIFICATIONS.flatMap((certification) =>
    lessons
      .filter(({ lesson }) => lesson.spec.certification === certification)
      .sort((one, other) => (place(one) < place(other) ? -1 : place(one) > place(other) ? 1 : 0)),
  );
}

/** Reads the cards that ship with the program and those of a person's folders. */
export function readDecks(ours: string, paths: readonly string[]): Decks {
  const read = placesOf(DECKS, ours, paths).map((place) => decksOf(place));
  return { decks: read.flatMap(({ decks }) => decks), problems: read.flatMap(({ problems }) => problems) };
}

function placesOf(kind: FileKind, ours: string, paths: readonly string[]): Place[] {
  const found = CERTIFICATIONS.map((certification) => labFiles(join(ours, certification, kind.folder), [kind]));
  const { folders } = ownFolders(ours, paths);
  return [
    {
      shipped: true,
      files: found.flatMap(({ files }) => files),
      problems: found.flatMap(({ problems }) => problems),
      shown: (file) => relative(dirname(ours), file),
      read: (file) => readTextInside(ours, file),
    },
    ...folders.map(({ path, space }): Place => {
      const { files, problems } = labFiles(path, [kind]);
      return { shipped: false, files, problems, space, read: (file) => readTextInside(path, file) };
    }),
  ];
}

function decksOf({ files, problems: before, read = readText, shown = (file) => file, space }: Place): Decks {
  const decks: Deck[] = [];
  const problems: ContentProblem[] = [...before];
  for (const path of files) {
    const file = shown(path);
    const { text, problem } = read(path);
    if (text === undefined) {
      problems.push(fileProblem(file, READER_RULES.unreadable, problem));
      continue;
    }
    const found = readDeck(file, text);
    problems.push(...found.problems);
    if (found.deck) decks.push({ ...found.deck, id: inSpace(found.deck.id, space) });
  }
  return { decks, problems };
}
