import { existsSync } from 'node:fs';
import type { OpenOptions } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import { journalPath } from '../journal/place.js';
import { readJournal } from '../journal/reader.js';
import type { Ending, ExamRecord } from '../progress/exam-record.js';
import type { ProgressStore } from '../progress/store.js';
import type { Graded, LiveSession } from '../session/live-session.js';
import {
  type AttemptOptions,
  type PreparedMachine,
  prepareMachine,
  resumeAttempt,
  startAttempt,
  taskAttempt,
} from '../session/open-attempt.js';
import type { ExamClock } from './exam-clock.js';
import type { ExamHeader } from './exam-entry.js';
import type { ExamJournal } from './exam-journal.js';
import { examResult, type TaskPoints } from './exam-result.js';
import { type ExamState, passTime } from './exam-state.js';

const MINUTE = 60_000;
/** How often the exam's clock is noted, in real milliseconds: what a killed program loses of it at most. */
const CLOCK_MILLISECONDS = 1000;

export interface ExamSessionParts {
  readonly id: string;
  readonly journal: ExamJournal;
  readonly clock: ExamClock;
  /** Of each task, by its place in the header. */
  readonly instances: readonly LabInstance[];
  readonly home: string;
  readonly progress: ProgressStore;
  readonly program: string;
  readonly where: OpenOptions;
}

/** How an opened task is shown. */
export type TaskOptions = Pick<AttemptOptions, 'columns' | 'rows' | 'onStep'>;

/** A task's grade; none for one that was never opened, which has earned nothing. */
export interface GradedTask {
  readonly number: number;
  readonly graded: Graded | undefined;
}

/** An exam that is over: what is kept of it, and each task's whole grade. */
export interface FinishedExam {
  readonly record: ExamRecord;
  /** In the order of the tasks. */
  readonly tasks: readonly GradedTask[];
}

/**
 * An exam that is being sat: one clock, a machine for each task that was opened, and a file in which all of it stands.
 * One task is in front; the others go on behind it.
 */
export class ExamSession {
  readonly id: string;
  readonly header: ExamHeader;
  private readonly parts: ExamSessionParts;
  private readonly sessions = new Map<number, LiveSession>();
  private readonly prepared = new Map<number, PreparedMachine>();
  private timer: NodeJS.Timeout | undefined;
  private opening: Promise<unknown> = Promise.resolve();
  private left = false;

  constructor(parts: ExamSessionParts) {
    this.id = parts.id;
    this.header = parts.journal.header;
    this.parts = parts;
    this.timer = setInterval(() => this.note(), CLOCK_MILLISECONDS);
  }

  /** What has happened, up to now. */
  get state(): ExamState {
    return passTime(this.parts.journal.state, this.now());
  }

  /** Milliseconds until the time is over; not below 0. */
  get remaining(): number {
    return Math.max(0, this.header.minutes * MINUTE - this.state.elapsed);
  }

  /**
   * Brings a task to the front; the first time its machine is made, or taken that was prepared. Throws what opening an
   * attempt throws; then the task before stays in front.
   */
  open(number: number, options: TaskOptions): Promise<LiveSession> {
    const opened = this.opening.then(() => this.openNow(number, options));
    this.opening = opened.catch(() => {});
    return opened;
  }

  /** Makes a task's machine before it is asked for. */
  async prepare(number: number): Promise<void> {
    if (this.left || this.sessions.has(number) || this.prepared.has(number) || this.state.openedAt.has(number)) return;
    const machine = prepareMachine(this.instance(number), this.attemptOptions(number));
    this.prepared.set(number, machine);
    await machine.opened.catch(() => this.prepared.delete(number));
  }

  flag(number: number, on: boolean): void {
    this.parts.journal.note({ flag: number, on }, this.now());
  }

  /** Keeps the whole notepad. */
  takeNotes(notes: string): void {
    if (notes !== this.parts.journal.state.notes) this.parts.journal.note({ notes }, this.now());
  }

  /**
   * Ends the exam and grades what was opened, each task on its own machine as it is then; the result is kept. One that was
   * ended before, and not graded to the end, keeps how it ended. `onStep` is told of each task whose turn it is.
   */
  async finish(ending: Ending, onStep: (number: number) => void = () => {}): Promise<FinishedExam> {
    await this.opening;
    const { journal, progress } = this.parts;
    if (this.state.ended === undefined) journal.note({ ended: this.remaining === 0 ? 'time' : ending }, this.now());
    clearInterval(this.timer);
    const tasks: GradedTask[] = [];
    for (const { number } of this.header.tasks) {
      const opened = this.state.openedAt.has(number);
      if (opened) onStep(number);
      tasks.push({ number, graded: opened ? await this.gradeTask(number) : undefined });
    }
    const { state } = this;
    const record = examResult({
      id: this.id,
      header: this.header,
      state,
      ending: state.ended === 'time' ? 'time' : 'finished',
      earned: earnedBy(tasks),
      graded: new Date().toISOString(),
    });
    progress.saveExam(record);
    return { record, tasks };
  }

  /** Ends all machines. An exam that was not finished can be gone on with. */
  async leave(): Promise<void> {
    if (this.left) return;
    this.left = true;
    clearInterval(this.timer);
    await this.opening;
    this.note();
    const finished = this.state.ended !== undefined;
    const machines = [...this.prepared.values()].map(async ({ opened }) => (await opened).cluster.close());
    const sessions = [...this.sessions.values()].map((session) => session.leave({ finished }));
    await Promise.allSettled([...machines, ...sessions]);
    this.parts.journal.close();
  }

  private async openNow(number: number, options: TaskOptions): Promise<LiveSession> {
    const session = this.sessions.get(number) ?? (await this.begin(number, options));
    this.parts.journal.note({ opened: number }, this.now());
    for (const [other, behind] of this.sessions) if (other !== number) behind.keepPace('behind');
    session.keepPace('front');
    session.resize(options.columns, options.rows);
    return session;
  }

  private async begin(number: number, options: TaskOptions): Promise<LiveSession> {
    const session = await this.attempt(number, options);
    this.sessions.set(number, session);
    session.onFailure(() => {
      if (this.sessions.get(number) === session) this.sessions.delete(number);
    });
    return session;
  }

  /** A task that was begun before has a journal, and goes on where that ends. */
  private async attempt(number: number, options: TaskOptions): Promise<LiveSession> {
    const id = taskAttempt(this.id, number);
    const path = journalPath(this.parts.home, id);
    const all = { ...this.attemptOptions(number), ...options };
    if (!existsSync(path)) {
      const prepared = this.prepared.get(number);
      this.prepared.delete(number);
      return startAttempt(this.instance(number), { ...all, fromBase: true, prepared });
    }
    return resumeAttempt(readJournal(path), this.instance(number), id, all);
  }

  private async gradeTask(number: number): Promise<Graded> {
    const session = this.sessions.get(number) ?? (await this.begin(number, { columns: 80, rows: 24 }));
    return session.gradeLast();
  }

  private attemptOptions(number: number): Omit<AttemptOptions, keyof TaskOptions> {
    const { home, progress, program, where } = this.parts;
    const follows = (): number => {
      const { elapsed, openedAt } = this.state;
      return Math.max(0, (elapsed - (openedAt.get(number) ?? elapsed)) * 1000);
    };
    return { home, progress, program, where, exam: { id: this.id, number, follows } };
  }

  private instance(number: number): LabInstance {
    const instance = this.parts.instances[number - 1];
    if (!instance) throw new Error(`the exam has no task ${number}`);
    return instance;
  }

  private note(): void {
    if (this.state.ended === undefined) this.parts.journal.note({ clock: true }, this.now());
  }

  /** Milliseconds of the exam's clock, which ends with its time. */
  private now(): number {
    return Math.min(this.header.minutes * MINUTE, this.parts.clock.now());
  }
}

function earnedBy(tasks: readonly GradedTask[]): Map<number, TaskPoints> {
  return new Map(
    tasks.flatMap(({ number, graded }): [number, TaskPoints][] =>
      graded ? [[number, { points: graded.points, total: graded.report.total }]] : [],
    ),
  );
}
