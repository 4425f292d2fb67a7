import { join, resolve } from 'node:path';

/** The folder of all journals, below the person's directory. */
export const JOURNALS = 'journals';

/** Where an attempt's journal lies. */
export function journalPath(home: string, id: string): string {
  return join(resolve(home), JOURNALS, `${id}.jsonl`);
}
