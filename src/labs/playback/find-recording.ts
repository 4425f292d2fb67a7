import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EXAMS } from '../exam/exam-journal.js';
import { JOURNALS } from '../journal/place.js';

/** A file in which an attempt or an exam is kept. */
export interface Recording {
  readonly kind: 'attempt' | 'exam';
  readonly path: string;
}

/** What a person calls the newest of all. */
const LAST = 'last';
const FILE = /^[\w-]+\.jsonl$/;

/**
 * The file a person means: one by its path, an attempt or an exam by its id, or `last`. A task of an exam that is meant by
 * `last` is its exam. Undefined where there is none.
 */
export function findRecording(given: string, home: string): Recording | undefined {
  if (given === LAST) return newest(home);
  for (const folder of [EXAMS, JOURNALS]) {
    const path = join(resolve(home), folder, `${given}.jsonl`);
    if (/^[\w-]+$/.test(given) && existsSync(path)) return recordingAt(path);
  }
  return existsSync(given) && statSync(given).isFile() ? recordingAt(resolve(given)) : undefined;
}

/** Where the journals lie of an exam's tasks: beside the folder of the exam's file. */
export function taskJournal(exam: string, number: number): string {
  return join(dirname(exam), '..', JOURNALS, `${basename(exam, '.jsonl')}-${number}.jsonl`);
}

function recordingAt(path: string): Recording {
  return { kind: firstLine(path).startsWith('{"kubedrill":"exam"') ? 'exam' : 'attempt', path };
}

function firstLine(path: string): string {
  const [line = ''] = readFileSync(path, 'utf8').split('\n', 1);
  return line;
}

function newest(home: string): Recording | undefined {
  const files = [EXAMS, JOURNALS].flatMap((folder) => {
    const place = join(resolve(home), folder);
    if (!existsSync(place)) return [];
    return readdirSync(place)
      .filter((name) => FILE.test(name))
      .map((name) => ({ path: join(place, name), changed: statSync(join(place, name)).mtimeMs }));
  });
  const [last] = files.sort((one, other) => other.changed - one.changed);
  if (!last) return undefined;
  const [, exam] = /([0-9a-f]+)-\d+\.jsonl$/.exec(last.path) ?? [];
  const its = exam === undefined ? undefined : join(resolve(home), EXAMS, `${exam}.jsonl`);
  return recordingAt(its !== undefined && existsSync(its) ? its : last.path);
}
