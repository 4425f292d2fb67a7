import { existsSync, mkdirSync } from 'node:fs';
import type { RealCluster } from '../../clusters/real/real-cluster.js';
import type { ExamHeader, RealExam } from '../exam/exam-entry.js';
import type { LabInstance } from '../format/instance.js';
import { privateFolder } from '../home.js';
import { AttemptLock } from '../journal/lock.js';
import { JOURNALS, journalPath } from '../journal/place.js';
import { dropCutEntry, readJournal } from '../journal/reader.js';
import { JournalWriter } from '../journal/writer.js';
import type { ProgressStore } from '../progress/store.js';
import { pseudoTerminals } from '../real/pseudo-terminal.js';
import { isReal, realHeaderOf } from '../real/real-header.js';
import { RealSession, type RealSessionParts } from '../real/real-session.js';
import { taskAttempt } from '../session/open-attempt.js';
import { placeOfTask, taskCluster } from './task-cluster.js';

/** What of an exam its tasks' attempts are made of. */
export interface TaskSessionsParts {
  /** The exam's id. */
  readonly id: string;
  readonly header: ExamHeader & { readonly real: RealExam };
  /** Of each task, by its number less one. */
  readonly instances: readonly LabInstance[];
  readonly cluster: RealCluster;
  readonly home: string;
  readonly progress: ProgressStore;
  /** The person's own, for their shells. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The attempts at the tasks of an exam on one cluster, each begun when its task is first wanted. */
export class TaskSessions {
  private readonly parts: TaskSessionsParts;
  private readonly sessions = new Map<number, Promise<RealSession>>();

  constructor(parts: TaskSessionsParts) {
    this.parts = parts;
  }

  /** A task's attempt: begun, gone on with after its journal's last entry, or as it is. */
  of(number: number): Promise<RealSession> {
    const present = this.sessions.get(number);
    if (present) return present;
    const opening = this.open(number);
    this.sessions.set(number, opening);
    opening.catch(() => this.sessions.delete(number));
    return opening;
  }

  /** All that are there; what could not be opened is left out. */
  async all(): Promise<RealSession[]> {
    const settled = await Promise.allSettled(this.sessions.values());
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  /** Ends the shells of a task; it goes on with others. */
  async drop(number: number): Promise<void> {
    const opening = this.sessions.get(number);
    this.sessions.delete(number);
    await leaveOne(await opening?.catch(() => undefined), false);
  }

  /** Ends all shells. `finished`: none of the tasks is gone on with. */
  async close({ finished }: { readonly finished: boolean }): Promise<void> {
    const all = await this.all();
    this.sessions.clear();
    await Promise.allSettled(all.map((session) => leaveOne(session, finished)));
  }

  private async open(number: number): Promise<RealSession> {
    const { id, header, instances, home, progress, environment, cluster } = this.parts;
    const instance = instances[number - 1];
    if (!instance) throw new Error(`the exam has no task ${number}`);
    const task = taskAttempt(id, number);
    const path = journalPath(home, task);
    const own = taskCluster(cluster, number, instance);
    mkdirSync(own.place.answers, { recursive: true, mode: 0o700 });
    const begun = existsSync(path) ? resumeJournal(path) : this.beginJournal(number, instance, path);
    const openPseudoTerminal = await pseudoTerminals(environment);
    const { started, real } = header;
    if (!progress.progress.attempts.some((one) => one.id === task)) {
      const { lab, seed } = instance;
      const { cluster: name } = real;
      progress.save({
        id: task,
        lab: lab.id,
        content: lab.hash,
        seed,
        started,
        exam: id,
        cluster: name,
        finished: false,
      });
    }
    return new RealSession({
      ...begun,
      id: task,
      instance,
      path,
      cluster: own,
      progress,
      environment,
      openPseudoTerminal,
      canBeLeft: true,
    });
  }

  private beginJournal(
    number: number,
    instance: LabInstance,
    path: string,
  ): Pick<RealSessionParts, 'header' | 'journal'> {
    const { id, header, home, cluster } = this.parts;
    const { real, program } = header;
    const baseline = real.baselines[number - 1];
    if (!baseline) throw new Error(`the exam does not say how task ${number} began`);
    const own = realHeaderOf(instance, {
      program,
      exam: id,
      real: { cluster: real.cluster, place: placeOfTask(cluster.place, number), baseline },
    });
    privateFolder(home, JOURNALS);
    return { header: own, journal: JournalWriter.create(path, own) };
  }
}

function resumeJournal(path: string): Pick<RealSessionParts, 'header' | 'journal' | 'entries'> {
  const lock = AttemptLock.take(path);
  try {
    const found = readJournal(path, 'sound');
    const { header, entries } = found;
    if (!isReal(header)) throw new Error(`${path} is no journal of a real cluster`);
    dropCutEntry(found);
    return { header, entries, journal: JournalWriter.resume(path, entries.length, lock) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What is the cluster's is not touched by it: that is the exam's. */
async function leaveOne(session: RealSession | undefined, finished: boolean): Promise<void> {
  await session?.leave({ finished }, { onStep: () => {}, confirm: async () => true });
}
