import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { JournalEntry } from '../journal/entry.js';
import { journalPath } from '../journal/place.js';
import { readJournal } from '../journal/reader.js';
import { JournalWriter, type NewEntry } from '../journal/writer.js';
import type { Attempt } from '../progress/model.js';
import type { LiveSession } from './live-session.js';
import type { Moment } from './moments.js';
import { type AttemptOptions, resumeAttempt } from './open-attempt.js';

/**
 * Goes back to a moment of an attempt: a new one begins with what was done until then, and with the clock as it was. The
 * former is left as it is, with all that was done, and not offered again; hints that were taken and a solution that was
 * seen stay so. Where the new one cannot be made the former can be gone on with. Throws as resuming does.
 */
export async function resetAttempt(
  session: LiveSession,
  moment: Pick<Moment, 'entries' | 'at'>,
  options: AttemptOptions,
): Promise<LiveSession> {
  const { instance, header } = session;
  const former = session.id;
  const started = new Date().toISOString();
  await session.leave({ finished: false });
  const { entries } = readJournal(session.path);
  const id = randomBytes(8).toString('hex');
  const path = journalPath(options.home, id);
  const writer = JournalWriter.create(path, { ...header, continues: former, started });
  const { lab, seed } = instance;
  const begun = { id, lab: lab.id, content: lab.hash, seed, started, finished: false };
  const given = recordOf(former, options);
  try {
    for (const { n: _, ...entry } of kept(entries, moment)) writer.append(entry as NewEntry);
    // At once: whoever is cut off here is offered one of them, and the newest.
    options.progress.saveAll([...(given ? [{ ...given, finished: true }] : []), begun]);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    writer.close();
  }
  try {
    return await resumeAttempt(readJournal(path), instance, id, options);
  } catch (error) {
    const failed = { ...(recordOf(id, options) ?? begun), finished: true };
    options.progress.saveAll([failed, ...(given ? [given] : [])]);
    throw error;
  }
}

/** What was done until then, and what cannot be taken back. */
function kept(
  entries: readonly JournalEntry[],
  { entries: count, at }: Pick<Moment, 'entries' | 'at'>,
): JournalEntry[] {
  const known = entries
    .slice(count)
    .filter((entry) => 'mark' in entry && (entry.mark === 'hint' || entry.mark === 'solution'));
  const clock: JournalEntry = { n: 0, t: at, clock: true };
  return [...entries.slice(0, count), clock, ...known.map((entry) => ({ ...entry, t: at }))];
}

function recordOf(id: string, { progress }: AttemptOptions): Attempt | undefined {
  return progress.progress.attempts.find((one) => one.id === id);
}
