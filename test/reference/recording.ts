import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Difference, differences } from './masked.js';

/** One recorded answer. Of an accepted object only what differs from the answer to the object as it is. */
export interface Recorded {
  readonly id: string;
  readonly status: number;
  readonly body?: unknown;
  readonly differs?: readonly Difference[];
  readonly warnings?: string;
}

/** The recordings there are. */
export type Chapter = 'apply' | 'creates' | 'wrong' | 'changed' | 'tables' | 'by-hand' | 'discovery';

function file(chapter: Chapter): URL {
  return new URL(`./recorded/${chapter}.jsonl`, import.meta.url);
}

/** Reads a recording; the first line of the file says what it was recorded from. */
export function readRecording(chapter: Chapter): {
  readonly server: string;
  readonly answers: ReadonlyMap<string, Recorded>;
} {
  if (!existsSync(file(chapter))) throw new Error(`recorded/${chapter}.jsonl is not there: npm run reference makes it`);
  const [head, ...lines] = readFileSync(file(chapter), 'utf8').trim().split('\n');
  const answers = lines.map((line) => JSON.parse(line) as Recorded);
  return {
    server: (JSON.parse(head as string) as { server: string }).server,
    answers: new Map(answers.map((one) => [one.id, one])),
  };
}

/** The body of an answer: JSON, what a watch sent line by line, or plain text. */
export function readAnswer(text: string): unknown {
  const lines = text.trimEnd().split('\n');
  try {
    return lines.length > 1 && text.startsWith('{"type":') ? lines.map((line) => JSON.parse(line)) : JSON.parse(text);
  } catch {
    return text.startsWith('{"type":') ? [] : text;
  }
}

/** Writes a recording, a line each, so that a new one can be read as a difference. */
export function writeRecording(chapter: Chapter, server: string, answers: readonly Recorded[]): void {
  const lines = [{ server }, ...answers].map((one) => JSON.stringify(one));
  writeFileSync(file(chapter), `${lines.join('\n')}\n`);
}

/** What was accepted is kept as the difference from the answer to the same object unchanged, `bases` by their ids. */
export function shortened(answers: readonly Recorded[], bases: ReadonlyMap<string, Recorded>): Recorded[] {
  return answers.map(({ id, status, body, warnings }) => {
    const base = bases.get(id.slice(0, id.lastIndexOf(': ')));
    const heard = warnings === undefined ? {} : { warnings };
    if (status >= 300 || base === undefined) return { id, status, body, ...heard };
    return { id, status, differs: differences(base.body, body), ...heard };
  });
}
