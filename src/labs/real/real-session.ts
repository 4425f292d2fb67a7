import { grade } from '../../checker/grade.js';
import { inRounds } from '../../checker/rounds.js';
import type { Report } from '../../checker/rubric.js';
import { ClusterError } from '../../clusters/port.js';
import type { OpenHow, RealCluster, Step } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { JournalEntry, JournalHeader, Mark } from '../journal/entry.js';
import type { JournalWriter } from '../journal/writer.js';
import type { ProgressStore } from '../progress/store.js';
import type { AttemptTerminals } from '../session/attempt-terminals.js';
import { gradeOptions } from '../session/grade-options.js';
import { noticeText } from '../session/notices.js';
import { type Graded, gradedOf, saveAttempt } from '../session/save-attempt.js';
import { OwnShells } from './own-shells.js';
import type { OpenPseudoTerminal } from './pseudo-terminal.js';
import { RealJournal } from './real-journal.js';
import { TaskClock } from './task-clock.js';
import { runInWindow } from './whole-window.js';

/** How often the clock is noted, in milliseconds: what a killed program loses of it at most. */
const CLOCK_MILLISECONDS = 1000;
const SECOND = 1_000_000;

export interface RealSessionParts {
  readonly id: string;
  readonly instance: LabInstance;
  readonly header: JournalHeader & Required<Pick<JournalHeader, 'real'>>;
  readonly path: string;
  readonly journal: JournalWriter;
  readonly cluster: RealCluster;
  readonly progress: ProgressStore;
  readonly openPseudoTerminal: OpenPseudoTerminal | undefined;
  /** The person's own, for shells. */
  readonly environment: NodeJS.ProcessEnv;
  /** Its source can take up what was left; otherwise leaving ends the attempt. */
  readonly canBeLeft: boolean;
  /** What was before it was taken up. */
  readonly entries?: readonly JournalEntry[];
}

/** Lends the window that the screens are in. */
type Lend = (use: () => Promise<void>) => Promise<void>;

/**
 * A person's attempt on a real cluster: their own shells, the wall clock, and a journal of what was shown. The cluster goes
 * on by itself; there is no copy of it to look at, and nothing can be done again.
 */
export class RealSession {
  readonly id: string;
  readonly instance: LabInstance;
  readonly header: RealSessionParts['header'];
  /** Of its journal. */
  readonly path: string;
  /** Some checks change the cluster to see what comes of it: who has it graded cannot go on. */
  readonly gradingEnds: boolean;
  readonly canBeLeft: boolean;
  readonly terminals: AttemptTerminals;
  private readonly parts: RealSessionParts;
  private readonly shells: OwnShells;
  private readonly journal: RealJournal;
  private readonly clock: TaskClock;
  private readonly failureListeners = new Set<(reason: string) => void>();
  private readonly lines: string[];
  private readonly closing = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private failure: string | undefined;
  private lend: Lend | undefined;
  private inWindow = false;
  private hints: number;
  private ended = false;
  /** Its checks have changed the cluster. */
  private spent: boolean;
  /** Whether the solution was looked at. */
  solutionSeen: boolean;

  constructor(parts: RealSessionParts) {
    const { id, instance, header, journal, cluster, entries = [] } = parts;
    this.parts = parts;
    this.id = id;
    this.instance = instance;
    this.header = header;
    this.path = parts.path;
    this.canBeLeft = parts.canBeLeft;
    this.gradingEnds = inRounds(instance.checks).acting.length > 0;
    this.clock = new TaskClock(entries.at(-1)?.t ?? 0);
    const marks = entries.flatMap((entry) => ('mark' in entry ? [entry.mark] : []));
    this.hints = marks.filter((mark) => mark === 'hint').length;
    this.solutionSeen = marks.includes('solution');
    this.spent = marks.includes('spent');
    this.lines = entries.flatMap((entry) => ('line' in entry ? [entry.line] : []));
    const kept = entries.reduce((sum, entry) => sum + ('shown' in entry ? entry.text.length : 0), 0);
    this.journal = new RealJournal(journal, this.clock, (error) => this.fail(error), kept);
    this.shells = new OwnShells({
      shell: cluster.shell,
      journal: this.journal,
      openPseudoTerminal: parts.openPseudoTerminal,
      wantsWindow: () => void this.wholeWindow(),
      entered: (line) => {
        this.lines.push(line);
        this.journal.line(line);
      },
    });
    this.terminals = this.shells.terminals;
  }

  /** The name of the cluster: the person's own shell is on no host of it. */
  get host(): string {
    return this.header.real.cluster;
  }

  /** Whole seconds of the task's own clock since it was handed over. */
  get elapsedSeconds(): number {
    return Math.floor(this.clock.now / SECOND);
  }

  get hintsTaken(): number {
    return this.hints;
  }

  /** Whether checks have changed the cluster, so that nothing can be done on it any more. */
  get isSpent(): boolean {
    return this.spent;
  }

  /** Lets the task's time pass, and shells be read. */
  start(): void {
    if (this.ended || this.spent || this.clock.running) return;
    this.clock.start();
    this.shells.release();
    this.timer = setInterval(() => this.journal.noteClock(), CLOCK_MILLISECONDS);
  }

  /** Holds the task's time; the cluster goes on. */
  pause(): void {
    if (!this.clock.running) return;
    this.clock.pause();
    clearInterval(this.timer);
    this.shells.hold();
    this.journal.noteClock();
  }

  /** The attempt cannot go on, with the reason; told at once where that is so already. */
  onFailure(listener: (reason: string) => void): () => void {
    if (this.failure !== undefined) listener(this.failure);
    this.failureListeners.add(listener);
    return () => this.failureListeners.delete(listener);
  }

  /** Who can lend the window that the screens are in. */
  onWindowWanted(lend: Lend): void {
    this.lend = lend;
  }

  /** Opens a shell in the whole window. Nothing of what is shown there is kept. */
  async wholeWindow(): Promise<void> {
    if (!this.lend || this.inWindow || this.ended || this.spent) return;
    this.inWindow = true;
    this.mark('window');
    try {
      await this.lend(async () => {
        const { failure } = await runInWindow(this.parts.cluster.shell, this.parts.environment, this.closing.signal);
        if (failure !== undefined) this.terminals.say(failure);
      });
      if (!this.parts.openPseudoTerminal && !this.ended) this.terminals.say(noticeText('no-pseudo-terminal'));
    } finally {
      this.inWindow = false;
    }
  }

  /** Takes the next hint; undefined when there is none left. */
  hint(): { readonly text: string; readonly price: number } | undefined {
    const hint = this.instance.hints[this.hints];
    if (!hint) return undefined;
    this.hints += 1;
    this.mark('hint');
    return hint;
  }

  /** Notes that the solution was looked at. */
  noteSolution(): void {
    this.solutionSeen = true;
    this.mark('solution');
  }

  /** The lines that were entered, as the terminals showed them. */
  typed(): string[] {
    return [...this.lines];
  }

  /**
   * Grades the cluster itself, and saves the result. Where `gradingEnds`, there is nothing to go on with afterwards, and
   * nothing to be graded again: then it throws `ClusterError`.
   */
  async grade(onStep: (step: string, at?: Pick<Step, 'number' | 'of'>) => void = () => {}): Promise<Graded> {
    if (this.spent) throw new ClusterError('its checks have changed the cluster, so it cannot be graded again');
    this.pause();
    const { cluster, progress } = this.parts;
    const { instance } = this;
    const refusal = cluster.refusalOfAnswers?.();
    if (refusal !== undefined) throw new ClusterError(refusal);
    onStep('letting it come to rest', { number: 1, of: 2 });
    await cluster.settle(instance.settleSecondsMax);
    if (this.gradingEnds) onStep('trying it out, which may take minutes', { number: 2, of: 2 });
    else onStep('looking at it', { number: 2, of: 2 });
    const report = await this.look();
    const graded = gradedOf(report, this);
    saveAttempt(progress, this, graded);
    this.mark('graded');
    return graded;
  }

  /**
   * Ends the attempt here. One that is `finished`, or cannot be left, has its cluster put back as it was; gives what could not
   * be, a sentence each. Another one stays as it stands, to be taken up again.
   */
  async leave({ finished }: { finished: boolean }, how: OpenHow): Promise<readonly string[]> {
    if (this.ended) return [];
    this.pause();
    this.ended = true;
    this.closing.abort();
    const { cluster } = this.parts;
    const isOver = finished || this.spent || !this.canBeLeft;
    try {
      await this.shells.end();
      this.journal.close();
      const left = isOver ? await cluster.restore(how) : [];
      if (isOver) this.saveOver();
      return left;
    } finally {
      await cluster.close();
    }
  }

  private async look(): Promise<Report> {
    const { cluster } = this.parts;
    const { baseline } = this.header.real;
    const beforeActing = (soFar: Report): void => this.spend(soFar);
    return grade(cluster, { ...gradeOptions(this.instance), baseline, spend: this.gradingEnds, beforeActing });
  }

  /** From here on checks may change the cluster, whatever becomes of them, and of us: what was found out until now counts. */
  private spend(soFar: Report): void {
    saveAttempt(this.parts.progress, this, gradedOf(soFar, this));
    this.spent = true;
    this.mark('spent');
  }

  private mark(mark: Mark): void {
    if (!this.ended) this.journal.mark(mark);
  }

  private saveOver(): void {
    const { progress } = this.parts;
    const saved = progress.progress.attempts.find(({ id }) => id === this.id);
    if (saved) progress.save({ ...saved, seconds: this.elapsedSeconds, finished: true });
  }

  private fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error.message : String(error);
    this.pause();
    for (const listener of [...this.failureListeners]) listener(this.failure);
  }
}
