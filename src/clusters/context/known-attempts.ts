import {
  type AttemptRecord,
  allRecords,
  attemptFolder,
  folderOfAttempts,
  isHeld,
  keepRecord,
  readRecord,
} from './record.js';

/** How an attempt stands: `left` ones can be gone on with, `dropped` and `stray` ones are nobody's any more. */
export type AttemptStanding = 'dropped' | 'in use' | 'left' | 'stray';

/** What is known here of an attempt on a context. */
export interface LeftAttempt {
  readonly context: string;
  readonly server: string;
  readonly attempt: string;
  readonly stands: AttemptStanding;
  /** The namespaces and cluster-wide objects that it may have made. */
  readonly namespaces: readonly string[];
  readonly objects: readonly string[];
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
  /** Who works on it. */
  readonly pid?: number;
}

/** All attempts of which something may be on clusters, the oldest first; no cluster is asked. */
export function leftAttempts(home: string): readonly LeftAttempt[] {
  return allRecords(folderOfAttempts(home)).map(({ record }) => {
    const { context, server, attempt, made, used, objects, foreign, began, holder } = record;
    return {
      context,
      server,
      attempt,
      stands: standingOf(record),
      namespaces: [...made, ...used],
      objects: objects.filter((one) => !foreign.includes(one)),
      created: Date.parse(began),
      ...(holder && isHeld(record) ? { pid: holder.pid } : {}),
    };
  });
}

/** How an attempt stands, by its record. */
export function standingOf(record: AttemptRecord): AttemptStanding {
  if (isHeld(record)) return 'in use';
  if (record.givenUp) return 'dropped';
  return record.holder && !record.lasting ? 'stray' : 'left';
}

/** Nobody goes on with an attempt any more: what it made on a cluster is deleted like what a crash left. */
export function giveUpOnCluster(home: string, attempt: string): void {
  const own = attemptFolder(folderOfAttempts(home), attempt);
  const record = readRecord(own);
  if (record && !isHeld(record)) keepRecord(own, { ...record, givenUp: true });
}
