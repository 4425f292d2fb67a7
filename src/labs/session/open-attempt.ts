import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import type { OpenOptions, SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import { privateFolder } from '../home.js';
import { JOURNAL_VERSION, type JournalEntry, type JournalHeader } from '../journal/entry.js';
import { AttemptLock } from '../journal/lock.js';
import { JOURNALS, journalPath } from '../journal/place.js';
import { dropCutEntry, type Journal, JournalError, readJournal } from '../journal/reader.js';
import { JournalWriter, type NewEntry } from '../journal/writer.js';
import type { ProgressStore } from '../progress/store.js';
import { openLines } from './attempt-lines.js';
import { type Opened, openMachine } from './attempt-machine.js';
import { journalHeader } from './journal-header.js';
import { LiveSession, type LiveSessionParts } from './live-session.js';
import { EPOCH } from './machine-options.js';
import { replay } from './replay.js';
import { ReplayHearing } from './replay-hearing.js';

/** What an attempt is opened with. */
export interface AttemptOptions {
  /** The person's directory; journals lie below it. */
  readonly home: string;
  readonly progress: ProgressStore;
  /** The program's version; a journal of another is not continued. */
  readonly program: string;
  readonly columns: number;
  readonly rows: number;
  /** What a task of an exam has that an attempt for itself has not. */
  readonly exam?: {
    /** The exam's id; the task's is made of it. */
    readonly id: string;
    readonly number: number;
    /** Hosts of the other tasks, which the base knows. */
    readonly neighbours: readonly string[];
    /** Microseconds that should have passed since the task was first opened. */
    readonly follows: () => number;
  };
  /** A machine that was made before it was needed. */
  readonly prepared?: PreparedMachine | undefined;
  /** Begin at the base host instead of the task's. */
  readonly fromBase?: boolean;
  /** A new attempt's files are edited outside; who answers must be said by `LiveSession.answerQuestions`. */
  readonly ownEditor?: boolean;
  /** Told what is being done, in a person's words. */
  readonly onStep?: (step: string) => void;
  /** Where machines live: in threads of their own unless said otherwise. */
  readonly where?: OpenOptions;
}

/** What a machine is made by, and the machine once it is there. */
export interface PreparedMachine {
  readonly header: JournalHeader;
  readonly opened: Promise<Opened>;
}

const USER = 'candidate';

/** The id of a task's attempt in an exam. */
export function taskAttempt(exam: string, number: number): string {
  return `${exam}-${number}`;
}

/** Begins making an attempt's machine before anybody asks for it. */
export function prepareMachine(
  instance: LabInstance,
  options: Pick<AttemptOptions, 'program' | 'exam' | 'where' | 'ownEditor'>,
): PreparedMachine {
  const header = headerOf(instance, options);
  const opened = openMachine(instance, header, options.where);
  // Who takes it up is told; until then nobody listens.
  opened.catch(() => {});
  return { header, opened };
}

/** Begins an attempt at a lab: its machine, its journal, a login shell on the task's host. */
export async function startAttempt(instance: LabInstance, options: AttemptOptions): Promise<LiveSession> {
  const { exam } = options;
  const id = exam ? taskAttempt(exam.id, exam.number) : randomBytes(8).toString('hex');
  options.onStep?.('starting the cluster');
  const prepared = options.prepared ?? prepareMachine(instance, options);
  const header = { ...prepared.header, started: new Date().toISOString() };
  const opened = await prepared.opened;
  options.onStep?.('opening a terminal');
  const { cluster } = opened;
  return orClose(cluster, () => {
    const { path, journal } = beginJournal(id, instance, header, options);
    const session = new LiveSession({ id, instance, header, path, journal, opened, ...partsOf(options) });
    session.terminals.begin(firstHost(instance, options), USER, options.columns, options.rows);
    session.start();
    return session;
  });
}

/** Begins an attempt's journal and has it among the person's attempts; where one cannot be, the other is not. */
function beginJournal(
  id: string,
  { lab, seed }: LabInstance,
  header: JournalHeader,
  { home, progress, exam }: AttemptOptions,
): { readonly path: string; readonly journal: JournalWriter } {
  privateFolder(home, JOURNALS);
  const path = journalPath(home, id);
  const journal = JournalWriter.create(path, header);
  const { started } = header;
  const begun = { id, lab: lab.id, content: lab.hash, seed, started, finished: false };
  try {
    progress.save({ ...begun, ...(exam ? { exam: exam.id } : {}) });
  } catch (error) {
    journal.close();
    rmSync(path, { force: true });
    throw error;
  }
  return { path, journal };
}

/** Does something with a machine, which ends where that fails. */
async function orClose<T>(cluster: SimCluster, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

/** Where terminals are opened. */
function firstHost({ host, hosts }: LabInstance, { fromBase }: AttemptOptions): string {
  return fromBase ? (hosts['base'] ?? 'base') : host;
}

/**
 * Goes on with an attempt where its journal ends. Throws `JournalError`, and keeps the journal, when that is impossible,
 * and `AttemptOpenError` when another program has it open.
 */
export async function resumeAttempt(
  found: Journal,
  instance: LabInstance,
  id: string,
  options: AttemptOptions,
): Promise<LiveSession> {
  const lock = AttemptLock.take(found.path);
  try {
    // Another program may have gone on with it since it was found.
    const journal = readJournal(found.path, found.damagedLine === undefined ? 'whole' : 'sound');
    return await resumeLocked(journal, instance, id, { ...options, lock });
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function resumeLocked(
  journal: Journal,
  instance: LabInstance,
  id: string,
  options: AttemptOptions & { readonly lock: AttemptLock },
): Promise<LiveSession> {
  const { header, path, entries } = journal;
  if (header.real) throw new JournalError(path, `it was on ${header.real.cluster}, where nothing can be done again`);
  if (header.content !== instance.lab.hash)
    throw new JournalError(path, `the lab ${header.lab} has changed since the attempt began`);
  if (header.program !== options.program)
    throw new JournalError(path, `kubedrill ${header.program} wrote it, and this is ${options.program}`);
  options.onStep?.('starting the cluster');
  const opened = await openMachine(instance, header, options.where);
  const { cluster } = opened;
  const handedOver = cluster.reached;
  const heard = new ReplayHearing(cluster);
  return orClose(cluster, async () => {
    options.onStep?.('doing again what you did');
    const { diverged } = await replay(cluster, entries);
    if (diverged !== undefined)
      throw new JournalError(path, `its replay differs from ${Math.round((diverged - handedOver) / 1e6)} s on`);
    heard.stop();
    dropCutEntry(journal);
    const writer = JournalWriter.resume(path, entries.length, options.lock);
    const session = new LiveSession({
      id,
      instance,
      header,
      path,
      journal: writer,
      opened,
      ...partsOf(options),
      resumed: {
        handedOver,
        entries,
        unanswered: heard.unanswered(entries),
        openLines: openLines(entries, heard.calls),
        terminals: heard.terminals,
        commandLines: heard.commandLines,
      },
    });
    if (!session.terminals.first)
      session.terminals.begin(firstHost(instance, options), USER, options.columns, options.rows);
    session.start();
    return session;
  });
}

function headerOf(
  instance: LabInstance,
  { program, exam, ownEditor }: Pick<AttemptOptions, 'program' | 'exam' | 'ownEditor'>,
): JournalHeader {
  return journalHeader(instance, {
    version: JOURNAL_VERSION,
    program,
    epoch: EPOCH,
    ...(ownEditor ? { ownEditor: true } : {}),
    ...(exam ? { exam: exam.id, neighbours: exam.neighbours } : {}),
  });
}

function partsOf({
  progress,
  where = {},
  exam,
}: AttemptOptions): Pick<LiveSessionParts, 'progress' | 'where' | 'follows'> {
  return { progress, where, follows: exam?.follows };
}

/**
 * Ends a machine that does not answer and rebuilds it from what it had taken up. The journal of what it choked on is
 * kept beside the new one.
 */
export async function rebuildAttempt(session: LiveSession, options: AttemptOptions): Promise<LiveSession> {
  const { id, path, instance } = session;
  const taken = await session.giveUp();
  const journal = readJournal(path);
  const choked = journal.entries.findIndex((entry) => 'input' in entry && entry.n > taken);
  const entries = choked < 0 ? journal.entries : journal.entries.slice(0, choked);
  const stuck = path.replace(/\.jsonl$/, `.stuck-${Date.now()}.jsonl`);
  renameSync(path, stuck);
  try {
    rewrite(path, journal.header, entries);
  } catch (error) {
    renameSync(stuck, path);
    throw error;
  }
  return resumeAttempt(readJournal(path), instance, id, options);
}

/** Writes a journal that holds these entries and nothing else. */
function rewrite(path: string, header: JournalHeader, entries: readonly JournalEntry[]): void {
  const writer = JournalWriter.create(path, header);
  try {
    for (const { n: _, ...entry } of entries) writer.append(entry as NewEntry);
  } finally {
    writer.close();
  }
}
