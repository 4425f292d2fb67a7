import { readFileSync } from 'node:fs';
import { type EditorCase, nameOf, sameCase } from './editor-case.js';

/** What the real program did. */
export interface Recorded extends EditorCase {
  readonly rows: readonly string[];
  readonly cursor: readonly [number, number];
  /** The text in the end: what it would write. */
  readonly result: string;
  readonly ended: boolean;
  /** Which of the programs of the recording played it. */
  readonly by: number;
}

/** Sessions at a real program. */
export interface Recording {
  /** Name and version of every program that recorded some of the cases. */
  readonly programs: readonly string[];
  readonly cases: readonly Recorded[];
}

/** Reads a recording. */
export function readRecording(path: string): Recording {
  return JSON.parse(readFileSync(path, 'utf8')) as Recording;
}

/** What keeps a recording from being that of these cases, each with what to do about it. */
export function strays(cases: readonly EditorCase[], { cases: recorded }: Recording): string[] {
  return [
    ...cases
      .filter((each) => !recorded.some((one) => sameCase(one, each)))
      .map((each) => `${nameOf(each)}: record it (RECORD=1 RECORD_KEYS='${JSON.stringify([each.keys])}')`),
    ...recorded
      .filter((each) => !cases.some((one) => sameCase(one, each)))
      .map((each) => `${nameOf(each)}: recorded, but no case any more`),
  ];
}
