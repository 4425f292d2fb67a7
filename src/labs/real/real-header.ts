import type { LabInstance } from '../format/instance.js';
import { type JournalHeader, REAL_JOURNAL_VERSION, type RealHeader } from '../journal/entry.js';
import { journalHeader } from '../session/journal-header.js';

/** The header of an attempt on a real cluster. */
export type RealJournalHeader = JournalHeader & { readonly real: RealHeader };

/** Whether an attempt was on a real cluster. */
export function isReal(header: JournalHeader): header is RealJournalHeader {
  return header.real !== undefined;
}

/** The header of an attempt that begins now; `exam` is the id of the exam that it is a task of. */
export function realHeaderOf(
  instance: LabInstance,
  { program, exam, real }: Pick<RealJournalHeader, 'program' | 'exam' | 'real'>,
): RealJournalHeader {
  return journalHeader(instance, {
    version: REAL_JOURNAL_VERSION,
    program,
    epoch: Date.now() * 1000,
    ...(exam === undefined ? {} : { exam }),
    real,
  });
}
