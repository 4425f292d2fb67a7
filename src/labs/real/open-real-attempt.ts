import { rmSync } from 'node:fs';
import type { OpenHow, RealCluster } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { privateFolder } from '../home.js';
import { AttemptLock } from '../journal/lock.js';
import { JOURNALS, journalPath } from '../journal/place.js';
import { dropCutEntry, type Journal, JournalError, readJournal } from '../journal/reader.js';
import { JournalWriter } from '../journal/writer.js';
import type { ProgressStore } from '../progress/store.js';
import { pseudoTerminals } from './pseudo-terminal.js';
import { isReal, type RealJournalHeader, realHeaderOf } from './real-header.js';
import { RealSession, type RealSessionParts } from './real-session.js';
import { howOf, inRealWorld, type RealWorldOptions, restoredAfter } from './real-world.js';

/** What an attempt on a real cluster is opened with. */
export interface RealAttemptOptions extends RealWorldOptions {
  /** The person's directory; journals lie below it. */
  readonly home: string;
  readonly progress: ProgressStore;
  /** The program's version. */
  readonly program: string;
  readonly columns: number;
  readonly rows: number;
  /** The person's own, for their shells. */
  readonly environment: NodeJS.ProcessEnv;
}

const USER = 'you';

/**
 * Begins an attempt on a real cluster: the cluster, the lab's world in it, a journal, the person's own shell. What cannot be
 * judged there is refused before anything is made. Where it fails, or is aborted, nothing is left behind.
 */
export async function startRealAttempt(lab: Lab, options: RealAttemptOptions): Promise<RealSession> {
  return inRealWorld(lab, { ...options, lasting: true }, async ({ attempt, cluster, instance, baseline }) => {
    const real = { cluster: options.source.name, place: cluster.place, baseline };
    const header = realHeaderOf(instance, { program: options.program, real });
    const { path, journal } = beginJournal(attempt, instance, header, options);
    return opened({ id: attempt, instance, header, path, journal, cluster }, options);
  });
}

/**
 * Goes on with an attempt on the cluster that it was left on. Where that is gone, or cannot be taken up, the attempt is over:
 * it is kept as that, and `JournalError` says so.
 */
export async function resumeRealAttempt(found: Journal, id: string, options: RealAttemptOptions): Promise<RealSession> {
  const lock = AttemptLock.take(found.path);
  try {
    const journal = readJournal(found.path, 'sound');
    const { header, path, entries } = journal;
    if (!isReal(header)) throw new JournalError(path, 'it was on a simulated cluster');
    const how: OpenHow = { ...howOf(options), attempt: id };
    const cluster = await options.source.takeUp?.(id, how);
    if (!cluster) {
      closeAttempt(options.progress, id);
      throw new JournalError(path, `${header.real.cluster} does not hold it any more, so the attempt is over`);
    }
    return await orOver(cluster, how, options.progress, id, async () => {
      const instance = await options.instantiate(header.real.place);
      if (header.content !== instance.lab.hash)
        throw new JournalError(path, `the lab ${header.lab} has changed since the attempt began`);
      if (entries.some((entry) => 'mark' in entry && entry.mark === 'spent'))
        throw new JournalError(
          path,
          'its checks had changed the cluster, so the attempt is over and what it made is taken away',
        );
      dropCutEntry(journal);
      const writer = JournalWriter.resume(path, entries.length, lock);
      return opened({ id, instance, header, path, journal: writer, cluster, entries }, options);
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function opened(
  parts: Pick<RealSessionParts, 'id' | 'instance' | 'header' | 'path' | 'journal' | 'cluster' | 'entries'>,
  { progress, environment, source, columns, rows }: RealAttemptOptions,
): Promise<RealSession> {
  const openPseudoTerminal = await pseudoTerminals(environment);
  const canBeLeft = source.takeUp !== undefined;
  const session = new RealSession({ ...parts, progress, environment, openPseudoTerminal, canBeLeft });
  session.start();
  session.terminals.begin(session.host, USER, columns, rows);
  for (const note of parts.cluster.notes ?? []) session.terminals.say(note);
  return session;
}

/**
 * Does something with a cluster that was taken up. Where its journal cannot be continued it is put back, and the attempt is over;
 * what else fails leaves it as it stands.
 */
async function orOver<T>(
  cluster: RealCluster,
  how: OpenHow,
  progress: ProgressStore,
  id: string,
  use: () => Promise<T>,
): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof JournalError)) {
      // It can be gone on with once that is mended: what was done stays.
      await cluster.close();
      throw error;
    }
    const told = await restoredAfter(error, cluster, how);
    closeAttempt(progress, id);
    throw told;
  }
}

/** Begins an attempt's journal and has it among the person's attempts; where one cannot be, the other is not. */
function beginJournal(
  id: string,
  { lab, seed }: LabInstance,
  header: RealJournalHeader,
  { home, progress }: RealAttemptOptions,
): { readonly path: string; readonly journal: JournalWriter } {
  privateFolder(home, JOURNALS);
  const path = journalPath(home, id);
  const journal = JournalWriter.create(path, header);
  const { started, real } = header;
  try {
    progress.save({ id, lab: lab.id, content: lab.hash, seed, started, cluster: real.cluster, finished: false });
  } catch (error) {
    journal.close();
    rmSync(path, { force: true });
    throw error;
  }
  return { path, journal };
}

function closeAttempt(progress: ProgressStore, id: string): void {
  const saved = progress.progress.attempts.find((one) => one.id === id);
  if (saved) progress.save({ ...saved, finished: true });
}
