import type { OpenOptions } from '../../clusters/sim/sim-cluster.js';
import type { Ending, ExamRecord } from '../progress/exam-record.js';
import type { ProgressStore } from '../progress/store.js';
import type { LiveSession } from '../session/live-session.js';
import { ExamLeftError, ExamOverError } from './exam-errors.js';
import { ExamGrading, type GradedTask } from './exam-grading.js';
import { ExamLines } from './exam-lines.js';
import { ExamMachines, type TaskOptions } from './exam-machines.js';
import { examResult, type TaskPoints } from './exam-result.js';
import { SatExam, type SatExamParts } from './sat-exam.js';

export type { TaskOptions } from './exam-machines.js';

/** How long machines may take to end when an exam is left. */
const LEAVING_MILLISECONDS = 5000;

export interface ExamSessionParts extends SatExamParts {
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
export class ExamSession extends SatExam {
  private readonly progress: ProgressStore;
  private readonly machines: ExamMachines;
  private readonly lines: ExamLines;
  private readonly grading: ExamGrading;
  private opening: Promise<unknown> = Promise.resolve();
  private left = false;

  constructor(parts: ExamSessionParts) {
    super(parts);
    const { id, instances, home, progress, program, where } = parts;
    this.progress = progress;
    const follows = (number: number): number => this.microsAt(number);
    const onOpen = (number: number, session: LiveSession): void => this.lines.attend(number, session);
    this.machines = new ExamMachines({ id, instances, home, progress, program, where, follows, onOpen });
    this.grading = new ExamGrading(this.machines);
    this.lines = new ExamLines({
      taskOf: (host) => this.machines.taskOf(host),
      reach: (number) => this.reach(number),
      changed: () => void this.keepPace(),
    });
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
    this.progress.saveExam(record);
    return { record, tasks };
  }

  /** Ends all machines. An exam that was not finished can be gone on with. */
  async leave(): Promise<void> {
    if (this.left) return;
    this.left = true;
    this.stopClock();
    // One that is being opened on a thread that is stuck never comes; whoever ends the threads ends it.
    await within(LEAVING_MILLISECONDS, this.machines.close({ finished: this.state.ended !== undefined }));
    this.closeFile();
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
    const { current } = this;
    for (const [number, session] of await this.machines.all())
      session.keepPace(number === current || this.lines.inUse(number) ? 'front' : 'behind');
  }

  protected async freeze(): Promise<void> {
    for (const [, session] of await this.machines.all()) session.freeze();
  }

  /** Grades all tasks that were opened. */
  private async gradeTasks(onStep: (number: number) => void): Promise<GradedTask[]> {
    const numbers = this.header.tasks.map(({ number }) => number);
    const opened = numbers.filter((number) => this.state.openedAt.has(number));
    const tasks = await this.grading.all(opened, onStep);
    return numbers.map((number) => tasks.get(number) ?? { number, graded: undefined, typed: [] });
  }

  private microsAt(number: number): number {
    const { elapsed, openedAt } = this.state;
    return Math.max(0, (elapsed - (openedAt.get(number) ?? elapsed)) * 1000);
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
