import { readDeck } from '../cards/read-deck.js';
import { type ReadLab, readLab } from '../format/read-lab.js';
import { readLesson } from '../lesson/read-lesson.js';
import { kindOfFile } from './lab-files.js';

/** Reads a lab, a lesson, or a deck of cards, of which only what is wrong with it is told: it has nothing to be played. */
export function readAny(file: string, source: string, worlds: readonly string[]): ReadLab {
  switch (kindOfFile(file, source).name) {
    case 'Deck':
      return { lab: undefined, problems: readDeck(file, source).problems };
    case 'Lesson':
      return readLesson(file, source, worlds);
    case 'Lab':
      return readLab(file, source, worlds);
  }
}
