import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Difference, differences } from './masked.js';
import { SEEDS, type Seeds } from './seed.js';

/** One recorded answer. Of an accepted object only what differs from the answer to the object as it is. */
export interface Recorded {
  readonly id: string;
  readonly status: number;
  readonly body?: unknown;
  readonly differs?: readonly Difference[];
  readonly warnings?: string;
}

/** A recording that was read. */
export interface Recording {
  /** What was recorded: a program, its version and the seed. */
  readonly server: string;
  readonly answers: ReadonlyMap<string, Recorded>;
}

/** The recordings there are. */
export type Chapter =
  | 'apply'
  | 'behind-objects'
  | 'authentication'
  | 'conversion'
  | 'custom'
  | 'creates'
  | 'wrong'
  | 'changed'
  | 'tables'
  | 'by-hand'
  | 'discovery'
  | 'pod-strategy'
  | 'resize';

/** Recordings by other seeds than the committed one lie where nobody commits them. */
function file(chapter: Chapter, { changes: seed }: Seeds): URL {
  if (seed === SEEDS.changes) return new URL(`./recorded/${chapter}.jsonl`, import.meta.url);
  return pathToFileURL(resolve(`node_modules/.cache/kubedrill-reference/seed-${seed}/${chapter}.jsonl`));
}

/** Reads a recording; the first line of the file says what it was recorded from. */
export function readRecording(chapter: Chapter, seeds = SEEDS): Recording {
  const from = file(chapter, seeds);
  if (!existsSync(from)) throw new Error(`${from.pathname} is not there: npm run reference makes it`);
  const [head, ...lines] = readFileSync(from, 'utf8').trim().split('\n');
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
export function writeRecording(chapter: Chapter, seeds: Seeds, server: string, answers: readonly Recorded[]): void {
  const to = file(chapter, seeds);
  mkdirSync(new URL('.', to), { recursive: true });
  const lines = [{ server }, ...answers].map((one) => JSON.stringify(one));
  writeFileSync(to, `${lines.join('\n')}\n`);
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
