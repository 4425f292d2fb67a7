import type { Texts } from './sources.js';

/** What is left of a text when a check begins to act: how long it was, and how it ended. */
interface Mark {
  readonly length: number;
  readonly end: string;
}

/** By what each text came from. */
export type Marks = ReadonlyMap<string, Mark>;

/** So much of a text's end tells it from another that has become as long. */
const END = 200;

/** Marks where texts end now. */
export function marksOf(texts: Texts): Marks {
  return new Map([...texts].map(([name, text]) => [name, { length: text.length, end: text.slice(-END) }]));
}

/** The lines of texts, those before the marks left out. A text that was begun anew (rotated, restarted) counts whole. */
export function linesSince(texts: Texts, marks: Marks | undefined): readonly string[] {
  return [...texts].flatMap(([name, text]) => {
    const mark = marks?.get(name);
    const grown = mark !== undefined && text.slice(0, mark.length).endsWith(mark.end) && text.length >= mark.length;
    return (grown ? text.slice(mark.length) : text).split('\n').filter((line) => line.trim() !== '');
  });
}
