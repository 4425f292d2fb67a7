import { inRounds } from '../../checker/rounds.js';
import type { OpenHow, RealCluster } from '../../clusters/real/real-cluster.js';
import type { ExamHeader, RealExam } from '../exam/exam-entry.js';
import { ExamLeftError, ExamOverError } from '../exam/exam-errors.js';
import type { GradedTask } from '../exam/exam-grading.js';
import { examResult, type TaskPoints } from '../exam/exam-result.js';
import type { FinishedExam } from '../exam/exam-session.js';
import { SatExam, type SatExamParts } from '../exam/sat-exam.js';
import type { Ending } from '../progress/exam-record.js';
import type { ProgressStore } from '../progress/store.js';
import type { RealSession } from '../real/real-session.js';
import { taskAttempt } from '../session/open-attempt.js';
import { TaskSessions } from './task-sessions.js';

/** The user that terminals are said to be of: the person's own shell is on no host of the cluster. */
const USER = 'you';

/** How far the grading of an exam is: of the tasks that were opened, and what is done for this one. */
export interface GradingStep {
  readonly number: number;
  readonly of: number;
  readonly says?: string;
}

export interface RealExamParts extends SatExamParts {
  readonly cluster: RealCluster;
  /** Its source can take up what was left; otherwise leaving ends the exam. */
  readonly canBeLeft: boolean;
  readonly home: string;
  readonly progress: ProgressStore;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * An exam whose tasks share one real cluster: the person's own shells, each in its task's folder. What is done on the cluster
 * is done; when the exam ends each task is graded there, and then the cluster is put back.
 */
export class RealExamSession extends SatExam {
  readonly real: RealExam;
  private readonly progress: ProgressStore;
  private readonly cluster: RealCluster;
  /** Otherwise leaving ends it. */
  readonly canBeLeft: boolean;
  private readonly sessions: TaskSessions;
  private readonly begun = new Set<RealSession>();
  /** What was graded since it ended, by number. */
  private readonly judged = new Map<number, GradedTask>();
  private opening: Promise<unknown> = Promise.resolve();
  private graded = false;
  private left = false;
  private leaving: Promise<readonly string[]> | undefined;

  constructor(parts: RealExamParts) {
    super(parts);
    const { id, instances, cluster, canBeLeft, home, progress, environment } = parts;
    const header = realHeader(this.header);
    this.real = header.real;
    this.progress = progress;
    this.cluster = cluster;
    this.canBeLeft = canBeLeft;
    this.sessions = new TaskSessions({ id, header, instances, cluster, home, progress, environment });
  }

  /**
   * Brings a task to the front; the first time a shell is opened for it. Throws `ExamOverError`, and `HomeError` where its
   * journal cannot be kept.
   */
  open(number: number, size: { readonly columns: number; readonly rows: number }): Promise<RealSession> {
    const opened = this.opening.then(() => this.openNow(number, size));
    this.opening = opened.catch(() => {});
    return opened;
  }

  /** Gives up the shells of a task, and opens another. */
  async rebuild(number: number, size: { readonly columns: number; readonly rows: number }): Promise<RealSession> {
    await this.sessions.drop(number);
    return this.open(number, size);
  }

  /**
   * Ends the exam and grades what was opened on the cluster as it is: tasks whose checks only look come first, for others
   * change the cluster, each in what is its own. `onStep` is told of each task whose turn it is, and of what is done for it. Throws `HomeError` and
   * `ClusterError`; it may be called again then, and what was spoiled by its own checks is not graded twice.
   */
  async finish(ending: Ending, onStep: (number: number, at: GradingStep) => void = () => {}): Promise<FinishedExam> {
    await this.opening;
    await this.end(this.remaining === 0 ? 'time' : ending);
    const { judged } = this;
    const earned = new Map<number, TaskPoints>();
    const order = this.inOrder();
    for (const [index, number] of order.entries()) {
      if (this.left) throw new ExamLeftError();
      const at = { number: index + 1, of: order.length };
      onStep(number, at);
      const before = this.spentBefore(number);
      if (before) {
        earned.set(number, before);
        continue;
      }
      const session = await this.sessions.of(number);
      const graded = await session.grade((says) => onStep(number, { ...at, says }));
      // Who leaves ends the checks of this task, too: the exam is gone on with.
      if (this.left) throw new ExamLeftError();
      judged.set(number, { number, graded, typed: session.typed() });
      earned.set(number, { points: graded.points, total: graded.report.total });
    }
    const { id, header, state } = this;
    const how = state.ended === 'time' ? 'time' : 'finished';
    const record = examResult({ id, header, state, ending: how, earned, graded: new Date().toISOString() });
    this.progress.saveExam(record);
    this.graded = true;
    const none = { graded: undefined, typed: [] };
    return { record, tasks: header.tasks.map(({ number }) => judged.get(number) ?? { number, ...none }) };
  }

  /**
   * Ends all shells. An exam that was graded, or cannot be left, has the cluster put back as it was; gives what could not be, a
   * sentence each. Another one stays as it stands, to be gone on with.
   */
  leave(how: OpenHow): Promise<readonly string[]> {
    this.leaving ??= this.leaveNow(how);
    return this.leaving;
  }

  protected async freeze(): Promise<void> {
    for (const session of await this.sessions.all()) session.pause();
  }

  private async leaveNow(how: OpenHow): Promise<readonly string[]> {
    this.left = true;
    this.stopClock();
    const isOver = this.graded || !this.canBeLeft;
    if (isOver && !this.graded) this.note({ ended: 'given-up' });
    await this.sessions.close({ finished: isOver });
    try {
      return isOver ? await this.cluster.restore(how) : [];
    } finally {
      await this.cluster.close();
      this.closeFile();
    }
  }

  private async openNow(number: number, { columns, rows }: { columns: number; rows: number }): Promise<RealSession> {
    if (this.left || this.over) throw new ExamOverError();
    const session = await this.sessions.of(number);
    if (this.left) throw new ExamLeftError();
    this.note({ opened: number });
    if (!this.begun.has(session)) {
      this.begun.add(session);
      session.start();
      session.terminals.begin(session.host, USER, columns, rows);
      // Once is enough to have read it.
      if (this.begun.size === 1) for (const note of this.cluster.notes ?? []) session.terminals.say(note);
    }
    return session;
  }

  /** The tasks that were opened: those whose checks only look, then those that change the cluster. */
  private inOrder(): number[] {
    const opened = this.header.tasks.map(({ number }) => number).filter((number) => this.state.openedAt.has(number));
    return [...opened.filter((number) => !this.acts(number)), ...opened.filter((number) => this.acts(number))];
  }

  /** Whether checks of a task change the cluster. */
  private acts(number: number): boolean {
    const instance = this.instances[number - 1];
    return instance !== undefined && inRounds(instance.checks).acting.length > 0;
  }

  /** Who leaves it can go on with it. */
  get stays(): boolean {
    return this.canBeLeft && !this.graded;
  }

  /** What a task earned whose checks have changed the cluster already. */
  private spentBefore(number: number): TaskPoints | undefined {
    const saved = this.progress.progress.attempts.find(({ id }) => id === taskAttempt(this.id, number));
    if (saved?.points === undefined || saved.total === undefined) return undefined;
    return this.acts(number) ? { points: saved.points, total: saved.total } : undefined;
  }
}

function realHeader(header: ExamHeader): ExamHeader & { readonly real: RealExam } {
  const { real } = header;
  if (!real) throw new Error('the exam is on no real cluster');
  return { ...header, real };
}
