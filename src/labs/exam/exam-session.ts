import type { OpenOptions } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import { HomeError } from '../home.js';
import type { Ending, ExamRecord } from '../progress/exam-record.js';
import type { ProgressStore } from '../progress/store.js';
import type { LiveSession } from '../session/live-session.js';
import type { ExamClock } from './exam-clock.js';
import type { ExamEvent, ExamHeader } from './exam-entry.js';
import { ExamLeftError, ExamOverError } from './exam-errors.js';
import { ExamGrading, type GradedTask } from './exam-grading.js';
import type { ExamJournal } from './exam-journal.js';
import { ExamLines } from './exam-lines.js';
import { ExamMachines, type TaskOptions } from './exam-machines.js';
import { examResult, type TaskPoints } from './exam-result.js';
import { type ExamState, passTime } from './exam-state.js';

export type { TaskOptions } from './exam-machines.js';

const MINUTE = 60_000;
/** How often the exam's clock is noted, in real milliseconds: what a killed program loses of it at most. */
const CLOCK_MILLISECONDS = 1000;
/** How long machines may take to end when an exam is left. */
const LEAVING_MILLISECONDS = 5000;

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

/** An exam that is over: what is kept of it, and each task's whole grade. */
export interface FinishedExam {
  readonly record: ExamRecord;
  /** In the order of the tasks. */
  readonly tasks: readonly GradedTask[];
}

/**
 * An exam that is being sat: one clock, a machine for each task that was opened, and a file in which all of it stands.
 * One task is in front; the others go on behind it. When its time is over nothing is taken any more, and what is left to
 * do is `finish`.
 */
export class ExamSession {
  readonly id: string;
  readonly header: ExamHeader;
  /** Of each task, by its number less one. */
  readonly instances: readonly LabInstance[];
  private readonly parts: ExamSessionParts;
  private readonly machines: ExamMachines;
  private readonly lines: ExamLines;
  private readonly overListeners = new Set<() => void>();
  private readonly troubleListeners = new Set<(reason: string | undefined) => void>();
  private readonly grading: ExamGrading;
  private trouble: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private opening: Promise<unknown> = Promise.resolve();
  private left = false;

  constructor(parts: ExamSessionParts) {
    const { id, journal, instances, home, progress, program, where } = parts;
    this.id = id;
    this.header = journal.header;
    this.instances = instances;
    this.parts = parts;
    const follows = (number: number): number => this.microsAt(number);
    const onOpen = (number: number, session: LiveSession): void => this.lines.attend(number, session);
    this.machines = new ExamMachines({ id, instances, home, progress, program, where, follows, onOpen });
    this.grading = new ExamGrading(this.machines);
    this.lines = new ExamLines({
      taskOf: (host) => this.machines.taskOf(host),
      reach: (number) => this.reach(number),
      changed: () => void this.keepPace(),
    });
    this.timer = setInterval(() => this.tick(), CLOCK_MILLISECONDS);
  }

  /** What has happened, up to now. */
  get state(): ExamState {
    return passTime(this.parts.journal.state, this.now());
  }

  /** Milliseconds until the time is over; not below 0. */
  get remaining(): number {
    return Math.max(0, this.header.minutes * MINUTE - this.state.elapsed);
  }

  /** Whether nothing but `finish` is left: it was finished, or its time is over. */
  get over(): boolean {
    return this.state.ended !== undefined || this.remaining === 0;
  }

  /**
   * Told once when the time is over, at once where it is already: the last moment to give notes that were written before.
   * Returns what ends the subscription.
   */
  onOver(listener: () => void): () => void {
    if (this.over) listener();
    else this.overListeners.add(listener);
    return () => this.overListeners.delete(listener);
  }

  /**
   * Told why nothing can be written, as on a full disk, and with undefined when it can again: until then what happens
   * holds in memory, and is tried again every second. Returns what ends the subscription.
   */
  onTrouble(listener: (reason: string | undefined) => void): () => void {
    this.troubleListeners.add(listener);
    if (this.trouble !== undefined) listener(this.trouble);
    return () => this.troubleListeners.delete(listener);
  }

  /**
   * Brings a task to the front; the first time its machine is made, or taken that was prepared; one that failed is made
   * again of what was typed. Throws `ExamOverError` and what opening an attempt throws; then the task before stays in
   * front.
   */
  open(number: number, options: TaskOptions): Promise<LiveSession> {
    const opened = this.opening.then(() => this.openNow(number, options));
    this.opening = opened.catch(() => {});
    return opened;
  }

  /**
   * Ends a task's machine that does not answer, with the thread it lives in, and makes it again of what it had taken up.
   * Others of that thread are made again when they are opened. Throws as `open` does.
   */
  async rebuild(number: number, options: TaskOptions): Promise<LiveSession> {
    if (this.left || this.over) throw new ExamOverError();
    const session = await this.machines.rebuild(number, options);
    await this.keepPace();
    return session;
  }

  /** Makes a task's machine before it is asked for; after an exam was gone on with, also of a task that was opened. */
  async prepare(number: number): Promise<void> {
    if (this.left || this.over) return;
    await this.machines.prepare(number);
  }

  flag(number: number, on: boolean): void {
    if (!this.over) this.note({ flag: number, on });
  }

  /** Keeps the whole notepad. What was written in the last moment comes when the time is over, and before the end is noted. */
  takeNotes(notes: string): void {
    if (this.state.ended === undefined && notes !== this.parts.journal.state.notes) this.note({ notes });
  }

  /**
   * Ends the exam and grades what was opened, each task on its own machine as it is then; the result is kept. One that was
   * ended before, and not graded to the end, keeps how it ended. `onStep` is told of each task whose turn it is. Throws
   * `HomeError` where the result cannot be kept; it may be called again then. Throws `ExamLeftError` where the exam is left
   * before all of it is graded.
   */
  async finish(ending: Ending, onStep: (number: number) => void = () => {}): Promise<FinishedExam> {
    await this.opening;
    await this.end(this.remaining === 0 ? 'time' : ending);
    const tasks = await this.gradeTasks(onStep);
    const { id, header, state } = this;
    const how = state.ended === 'time' ? 'time' : 'finished';
    const graded = new Date().toISOString();
    const record = examResult({ id, header, state, ending: how, earned: earnedBy(tasks), graded });
    this.parts.progress.saveExam(record);
    return { record, tasks };
  }

  /** Ends all machines. An exam that was not finished can be gone on with. */
  async leave(): Promise<void> {
    if (this.left) return;
    this.left = true;
    clearInterval(this.timer);
    if (this.state.ended === undefined) this.note({ clock: true });
    // One that is being opened on a thread that is stuck never comes; whoever ends the threads ends it.
    await within(LEAVING_MILLISECONDS, this.machines.close({ finished: this.state.ended !== undefined }));
    this.parts.journal.close();
  }

  private async openNow(number: number, options: TaskOptions): Promise<LiveSession> {
    if (this.left || this.over) throw new ExamOverError();
    const session = await this.machines.open(number, options);
    if (this.left) throw new ExamLeftError();
    this.note({ opened: number });
    await this.keepPace();
    session.resize(options.columns, options.rows);
    return session;
  }

  /** The attempt of a task that somebody calls from another one's base: it begins by that, and stays behind. */
  private async reach(number: number): Promise<LiveSession> {
    if (this.left || this.over) throw new ExamOverError();
    const session = await this.machines.open(number);
    if (this.left) throw new ExamLeftError();
    if (!this.state.openedAt.has(number)) this.note({ reached: number });
    return session;
  }

  /** Only where somebody works a machine goes closely with the clock. */
  private async keepPace(): Promise<void> {
    const { current } = this.parts.journal.state;
    for (const [number, session] of await this.machines.all())
      session.keepPace(number === current || this.lines.inUse(number) ? 'front' : 'behind');
  }

  /** From here on nothing is taken; what passes is no time of the exam's. */
  private async end(ending: Ending): Promise<void> {
    if (this.state.ended === undefined) this.note({ ended: ending });
    clearInterval(this.timer);
    for (const [, session] of await this.machines.all()) session.freeze();
  }

  /** Grades all tasks that were opened. */
  private async gradeTasks(onStep: (number: number) => void): Promise<GradedTask[]> {
    const numbers = this.header.tasks.map(({ number }) => number);
    const opened = numbers.filter((number) => this.state.openedAt.has(number));
    const tasks = await this.grading.all(opened, onStep);
    return numbers.map((number) => tasks.get(number) ?? { number, graded: undefined, typed: [] });
  }

  private tick(): void {
    if (this.state.ended !== undefined) return;
    if (this.remaining > 0) return this.note({ clock: true });
    for (const listener of [...this.overListeners]) listener();
    this.overListeners.clear();
    void this.end('time');
  }

  private note(event: ExamEvent): void {
    let trouble: string | undefined;
    try {
      this.parts.journal.note(event, this.now());
    } catch (error) {
      if (!(error instanceof HomeError)) throw error;
      trouble = error.message;
    }
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    for (const listener of [...this.troubleListeners]) listener(trouble);
  }

  private microsAt(number: number): number {
    const { elapsed, openedAt } = this.state;
    return Math.max(0, (elapsed - (openedAt.get(number) ?? elapsed)) * 1000);
  }

  /** Milliseconds of the exam's clock, which ends with its time. */
  private now(): number {
    return Math.min(this.header.minutes * MINUTE, this.parts.clock.now());
  }
}

/** Waits for what may never come; no longer than so many milliseconds. */
async function within(milliseconds: number, what: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([what, over]);
  clearTimeout(timer);
}

function earnedBy(tasks: readonly GradedTask[]): Map<number, TaskPoints> {
  return new Map(
    tasks.flatMap(({ number, graded }): [number, TaskPoints][] =>
      graded ? [[number, { points: graded.points, total: graded.report.total }]] : [],
    ),
  );
}
