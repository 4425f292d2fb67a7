import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNALS, journalPath } from '../journal/place.js';
import { JournalError, readJournal } from '../journal/reader.js';
import type { Attempt } from './model.js';

/** What is beside these was set aside. */
const JOURNAL_NAME = /^([0-9a-f]+)\.jsonl$/;

/** Attempts whose journals lie below a home directory and were never graded, those already known left out. */
export function openAttempts(home: string, known: readonly Attempt[]): Attempt[] {
  const folder = join(home, JOURNALS);
  if (!existsSync(folder)) return [];
  const ids = readdirSync(folder).flatMap((name) => JOURNAL_NAME.exec(name)?.[1] ?? []);
  return ids
    .filter((id) => !known.some((attempt) => attempt.id === id))
    .flatMap((id) => attemptOf(home, id) ?? [])
    .sort((one, other) => (one.started < other.started ? -1 : 1));
}

function attemptOf(home: string, id: string): Attempt | undefined {
  try {
    const { header, entries } = readJournal(journalPath(home, id), 'sound');
    // A task of an exam is gone on with there only.
    if (header.exam !== undefined) return undefined;
    if (entries.some((entry) => 'mark' in entry && entry.mark === 'graded')) return undefined;
    const { lab, content, seed, started } = header;
    return { id, lab, content, seed, started, finished: false };
  } catch (error) {
    // What cannot be gone on with is not offered.
    if (error instanceof JournalError) return undefined;
    throw error;
  }
}
