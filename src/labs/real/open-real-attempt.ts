import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { noteBaseline } from '../../checker/grade.js';
import { ClusterError } from '../../clusters/port.js';
import type { OpenHow, Place, RealCluster, RealSource } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { privateFolder } from '../home.js';
import { type JournalHeader, REAL_JOURNAL_VERSION } from '../journal/entry.js';
import { AttemptLock } from '../journal/lock.js';
import { JOURNALS, journalPath } from '../journal/place.js';
import { dropCutEntry, type Journal, JournalError, readJournal } from '../journal/reader.js';
import { JournalWriter } from '../journal/writer.js';
import type { ProgressStore } from '../progress/store.js';
import { refuseUngradable } from '../session/refuse-ungradable.js';
import { pseudoTerminals } from './pseudo-terminal.js';
import { RealSession, type RealSessionParts } from './real-session.js';

/** What an attempt on a real cluster is opened with. */
export interface RealAttemptOptions extends Pick<OpenHow, 'onStep' | 'confirm' | 'signal'> {
  /** The person's directory; journals lie below it. */
  readonly home: string;
  readonly progress: ProgressStore;
  /** The program's version. */
  readonly program: string;
  readonly columns: number;
  readonly rows: number;
  readonly source: RealSource;
  /** The person's own, for their shells. */
  readonly environment: NodeJS.ProcessEnv;
  /** The instance of the lab in a place. */
  readonly instantiate: (place: Place) => Promise<LabInstance>;
}

const USER = 'you';

/**
 * Begins an attempt on a real cluster: the cluster, the lab's world in it, a journal, the person's own shell. What cannot be
 * judged there is refused before anything is made. Where it fails, or is aborted, nothing is left behind.
 */
export async function startRealAttempt(lab: Lab, options: RealAttemptOptions): Promise<RealSession> {
  const { source, instantiate, signal } = options;
  const attempt = randomBytes(8).toString('hex');
  await refuseMisfit(lab, options);
  const how: OpenHow = { ...howOf(options), attempt };
  const cluster = await source.open(lab.content.spec.world, how);
  return orRestore(cluster, how, async () => {
    const instance = await instantiate(cluster.place);
    refuseUngradable(instance, cluster);
    await cluster.setUp(instance.world, how);
    signal?.throwIfAborted();
    const baseline = await noteBaseline(cluster, instance.checks);
    const header = headerOf(instance, options, { cluster: source.name, place: cluster.place, baseline });
    const { path, journal } = beginJournal(attempt, instance, header, options);
    return opened({ id: attempt, instance, header, path, journal, cluster }, options);
  });
}

/** A place such as any cluster may have, with names that occur in no text. */
const ANY_PLACE: Place = { host: 'kd-0000', hosts: {}, answers: '/opt/course/1' };

/** Throws `ClusterError` where a lab does not fit on clusters of a source, with the reasons, before one is made. */
async function refuseMisfit(lab: Lab, { source, instantiate }: RealAttemptOptions): Promise<void> {
  const capabilities = await source.capabilities(lab.content.spec.world);
  refuseUngradable(await instantiate(ANY_PLACE), { capabilities });
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
    return await orRestoreOver(cluster, how, options.progress, id, async () => {
      const instance = await options.instantiate(header.real.place);
      if (header.content !== instance.lab.hash)
        throw new JournalError(path, `the lab ${header.lab} has changed since the attempt began`);
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
  return session;
}

/** Does something with a cluster that was opened; where that fails it is put back as it was. */
async function orRestore<T>(cluster: RealCluster, how: OpenHow, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw await restored(cluster, how, error);
  }
}

/** The same for an attempt that is over by that. */
async function orRestoreOver<T>(
  cluster: RealCluster,
  how: OpenHow,
  progress: ProgressStore,
  id: string,
  use: () => Promise<T>,
): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const told = await restored(cluster, how, error);
    closeAttempt(progress, id);
    throw told;
  }
}

/** Puts a cluster back; gives the error that led to it, with what could not be put back. */
async function restored(cluster: RealCluster, { onStep, confirm }: OpenHow, error: unknown): Promise<unknown> {
  try {
    // What was aborted is not to abort this too.
    const left = await cluster.restore({ onStep, confirm });
    if (left.length === 0 || !(error instanceof Error)) return error;
    return new ClusterError([error.message, ...left].join('\n'));
  } catch (failed) {
    const why = failed instanceof Error ? failed.message : String(failed);
    return new ClusterError(`${error instanceof Error ? error.message : String(error)}\nIt was not put back: ${why}`);
  } finally {
    await cluster.close();
  }
}

function isReal(header: JournalHeader): header is RealSessionParts['header'] {
  return header.real !== undefined;
}

function headerOf(
  { lab, seed, timing }: LabInstance,
  { program }: RealAttemptOptions,
  real: NonNullable<JournalHeader['real']>,
): RealSessionParts['header'] {
  return {
    kubedrill: 'journal',
    version: REAL_JOURNAL_VERSION,
    program,
    lab: lab.id,
    content: lab.hash,
    seed,
    salt: '',
    timing,
    epoch: Date.now() * 1000,
    real,
    started: new Date().toISOString(),
  };
}

/** Begins an attempt's journal and has it among the person's attempts; where one cannot be, the other is not. */
function beginJournal(
  id: string,
  { lab, seed }: LabInstance,
  header: RealSessionParts['header'],
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

function howOf({ onStep, confirm, signal }: RealAttemptOptions): OpenHow {
  return { onStep, confirm, ...(signal ? { signal } : {}) };
}
