import type { LabInstance } from '../format/instance.js';
import type { JournalHeader } from '../journal/entry.js';

/** The header of an attempt at a lab that begins now; `more` is what it has beside the lab's draw. */
export function journalHeader<More extends Pick<JournalHeader, 'version' | 'program' | 'epoch'>>(
  { lab, seed, timing }: LabInstance,
  { version, program, epoch, ...more }: More,
): JournalHeader & Omit<More, 'version' | 'program' | 'epoch'> {
  return {
    kubedrill: 'journal',
    version,
    program,
    lab: lab.id,
    content: lab.hash,
    seed,
    salt: '',
    timing,
    epoch,
    ...more,
    started: new Date().toISOString(),
  };
}
