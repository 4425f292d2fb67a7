import type { Baseline } from '../../checker/baseline.js';
import { grade } from '../../checker/grade.js';
import type { Report } from '../../checker/rubric.js';
import { LiveClock, type Pace } from '../../clusters/sim/live-clock.js';
import type {
  MachineInput,
  OpenOptions,
  OutsideEvent,
  OutsideQuestion,
  SimCluster,
} from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { JournalEntry, JournalHeader, Mark } from '../journal/entry.js';
import { readJournal } from '../journal/reader.js';
import type { JournalWriter } from '../journal/writer.js';
import type { ProgressStore } from '../progress/store.js';
import { AttemptLines, type LineEnd } from './attempt-lines.js';
import type { Opened } from './attempt-machine.js';
import type { AttemptTerminal } from './attempt-terminal.js';
import { AttemptTerminals, type ReplayedTerminal } from './attempt-terminals.js';
import { gradeCopy, type Look } from './grade-copy.js';
import { gradeOptions } from './grade-options.js';
import { type CommandLine, type Moment, momentsOf, shownLines } from './moments.js';
import { noticeText } from './notices.js';
import { type Answerer, QuestionDesk } from './question-desk.js';
import { type Graded, gradedOf, saveAttempt } from './save-attempt.js';
import { TakenInputs } from './taken-inputs.js';

/** How often the clock is noted, in real milliseconds: what a killed program loses of it at most. */
const CLOCK_MILLISECONDS = 1000;
/** How often the state's hash is noted, in virtual microseconds. */
const HASH_MICROS = 30_000_000;
const SECOND = 1_000_000;
/** The most that passes at once for a machine that follows a clock of others: it was out of sight for a while. */
const CATCH_UP_MICROS = SECOND;
const INTERRUPTED = { kind: 'failed', reason: 'kubedrill ended while the file was open' } as const;

export interface LiveSessionParts {
  readonly id: string;
  readonly instance: LabInstance;
  readonly header: JournalHeader;
  readonly path: string;
  readonly journal: JournalWriter;
  readonly opened: Opened;
  readonly progress: ProgressStore;
  readonly where: OpenOptions;
  /** Microseconds that should have passed since the hand-over, where others decide it; else it is time spent here. */
  readonly follows?: (() => number) | undefined;
  /** What a replay led to. */
  readonly resumed?: {
    readonly handedOver: number;
    readonly entries: readonly JournalEntry[];
    /** By the machine's numbers. */
    readonly terminals: ReadonlyMap<number, ReplayedTerminal>;
    /** Lines that shells read. */
    readonly commandLines: readonly CommandLine[];
    /** Questions that were open when the program ended. */
    readonly unanswered: readonly number[];
    /** Lines to other machines that were open when the program ended. */
    readonly openLines: readonly LineEnd[];
  };
}

export type { Graded } from './save-attempt.js';

type Listener<T> = (value: T) => void;

/**
 * A person's attempt at a lab: a machine whose time follows the wall clock, and a journal in which every input stands
 * before it takes effect.
 */
export class LiveSession {
  readonly id: string;
  readonly instance: LabInstance;
  readonly path: string;
  readonly header: JournalHeader;
  /** Lines of ssh to and from the machines of others. */
  readonly lines = new AttemptLines((input) => this.send(input));
  readonly terminals = new AttemptTerminals({
    send: (input, tab) => this.send(input, tab),
    running: (terminal) => this.cluster.runningIn(terminal),
  });
  private readonly journal: JournalWriter;
  private readonly cluster: SimCluster;
  private readonly baseline: Baseline;
  private readonly clock: LiveClock;
  private readonly desk: QuestionDesk;
  private readonly taken = new TakenInputs();
  private readonly progress: ProgressStore;
  readonly where: OpenOptions;
  private readonly handedOver: number;
  private readonly failureListeners = new Set<Listener<string>>();
  private readonly commandLines: CommandLine[] = [];
  private timer: NodeJS.Timeout | undefined;
  private sequence = 0;
  private notedClock = 0;
  private notedHash = 0;
  private hashing = false;
  private running = false;
  private pace: Pace = 'front';
  private ended = false;
  /** What comes from outside is not taken any more. */
  private frozen = false;
  private failure: string | undefined;
  /** The journal takes nothing any more. */
  private unwritable = false;
  private hints = 0;
  /** Whether the solution was looked at. */
  solutionSeen = false;

  constructor({ id, instance, header, path, journal, opened, progress, where, follows, resumed }: LiveSessionParts) {
    this.id = id;
    this.instance = instance;
    this.header = header;
    this.path = path;
    this.journal = journal;
    this.cluster = opened.cluster;
    this.baseline = opened.baseline;
    this.progress = progress;
    this.where = where;
    this.handedOver = resumed?.handedOver ?? opened.cluster.reached;
    const { handedOver } = this;
    this.clock = new LiveClock(
      opened.cluster,
      follows ? { wall: () => handedOver + follows(), stepMax: CATCH_UP_MICROS } : {},
    );
    this.desk = new QuestionDesk({
      answer: (id, answer) => this.send({ kind: 'answer', id, answer }),
      opened: (question) => this.tellOpened(question),
      hold: () => this.clock.stop(),
      release: () => {
        if (this.running) this.clock.start(this.pace);
      },
    });
    this.notedHash = this.clock.target;
    if (resumed) this.takeUp(resumed.entries);
    this.commandLines.push(...(resumed?.commandLines ?? []));
    this.cluster.onFailure((reason) => this.fail(reason));
    this.cluster.onEvent((event) => this.hear(event));
    for (const id of resumed?.unanswered ?? []) this.send({ kind: 'answer', id, answer: INTERRUPTED });
    if (!resumed) return;
    this.lines.takeUp(resumed.entries, resumed.openLines);
    this.terminals.takeUp(resumed.entries, resumed.terminals);
  }

  /** The host its terminals are opened on. */
  get host(): string {
    return this.first?.present?.host ?? this.instance.host;
  }

  /** Whole seconds of the task's own clock since it was handed over. */
  get elapsedSeconds(): number {
    return Math.max(0, Math.floor((this.clock.target - this.handedOver) / SECOND));
  }

  /** How many hints have been taken. */
  get hintsTaken(): number {
    return this.hints;
  }

  /** Real milliseconds for which the machine has owed an answer. */
  silentMilliseconds(): number {
    return this.cluster.silentMilliseconds();
  }

  /** Lets time pass. */
  start(): void {
    if (this.running || this.ended || this.frozen) return;
    this.running = true;
    if (!this.desk.busy) this.clock.start(this.pace);
    this.timer = setInterval(() => this.note(), CLOCK_MILLISECONDS);
  }

  /** Whether somebody sits before it: out of sight time is told now and then only. */
  keepPace(pace: Pace): void {
    this.pace = pace;
    if (this.running && !this.desk.busy) this.clock.start(pace);
  }

  /** Holds time: nothing passes and nothing is lost. */
  pause(): void {
    if (!this.running) return;
    this.running = false;
    this.clock.stop();
    clearInterval(this.timer);
    this.note();
  }

  /** Notes how far the clock is: others have heard what the machine did until now. */
  noteClock(): void {
    this.note();
  }

  /** Takes nothing any more and lets no time pass; what is left is to grade it. */
  freeze(): void {
    this.frozen = true;
    this.pause();
  }

  /** Types in the first terminal. */
  type(bytes: Uint8Array): void {
    this.first?.type(bytes);
  }

  /** Resizes the first terminal. */
  resize(columns: number, rows: number): void {
    this.first?.resize(columns, rows);
  }

  /** The first terminal's output; what came before the first listener is given to it at once. */
  onOutput(listener: Listener<Uint8Array>): () => void {
    return this.first?.onOutput(listener) ?? (() => {});
  }

  /** Who answers what programs ask the outside. Meanwhile time stands still. */
  answerQuestions(answerer: Answerer): void {
    this.desk.attend(answerer);
  }

  /** The machine is gone, with the reason; told at once where it is already. */
  onFailure(listener: Listener<string>): () => void {
    if (this.failure !== undefined) listener(this.failure);
    this.failureListeners.add(listener);
    return () => this.failureListeners.delete(listener);
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

  /** Where it can be gone back to, the first first. Throws as reading the journal does. */
  moments(): Moment[] {
    this.note();
    return momentsOf(readJournal(this.path).entries, this.commandLines, this.handedOver);
  }

  /** The lines that shells have read at their prompts so far, empty ones left out. */
  typed(): string[] {
    return shownLines(this.commandLines);
  }

  /** Grades a copy, so that the person's own world does not age. The result is saved. */
  async grade(onStep: (step: string) => void = () => {}): Promise<Graded> {
    this.pause();
    const report = await gradeCopy(this, onStep);
    const graded = gradedOf(report, this);
    saveAttempt(this.progress, this, graded);
    this.mark('graded');
    return graded;
  }

  /** Grades the machine itself, which ages by it: for an attempt that is over. The result is saved. */
  async gradeLast(onStep: (step: string) => void = () => {}): Promise<Graded> {
    this.pause();
    await this.cluster.advanceTo(this.clock.catchUp());
    this.note();
    onStep('letting it come to rest');
    const seconds = this.elapsedSeconds;
    await this.cluster.settle(this.instance.settleSecondsMax);
    onStep('looking at it');
    const report = await grade(this.cluster, { ...gradeOptions(this.instance), baseline: this.baseline, spend: true });
    const graded = { report, hintsPrice: 0, points: report.points, seconds };
    saveAttempt(this.progress, this, graded);
    this.mark('graded');
    return graded;
  }

  /** Grades a copy while the attempt goes on; nothing is saved. */
  look(look?: Look): Promise<Report> {
    this.note();
    return gradeCopy(this, () => {}, look);
  }

  /** Ends the machine. A `finished` attempt cannot be gone on with; another one is offered next time. */
  async leave({ finished }: { finished: boolean }): Promise<void> {
    await this.stop();
    const saved = this.progress.progress.attempts.find(({ id }) => id === this.id);
    if (finished && saved) this.progress.save({ ...saved, seconds: this.elapsedSeconds, finished });
  }

  /** Ends a machine that does not answer; returns the number of the last input it can be made again with. Told by `onFailure` too. */
  async giveUp(): Promise<number> {
    const last = this.taken.soundUntil(this.cluster.hangsInTime());
    await this.stop(() => this.cluster.abandon());
    this.fail('it did not answer');
    return last;
  }

  private async stop(end = (): Promise<void> => this.cluster.close()): Promise<void> {
    if (this.ended) return;
    this.pause();
    this.ended = true;
    this.journal.close();
    await end();
  }

  private get first(): AttemptTerminal | undefined {
    return this.terminals.first;
  }

  private send(input: MachineInput, tab?: number): void {
    if (this.ended || this.frozen) return;
    const instant = this.clock.target;
    if (!this.append({ t: instant, input, ...(tab === undefined ? {} : { tab }) })) return;
    const sequence = this.sequence;
    this.cluster.input(instant, input).then(
      () => this.taken.took(sequence, input),
      // Told by onFailure.
      () => {},
    );
  }

  /** Notes something; where that is impossible the attempt stops, and nothing that is not noted takes effect. */
  private append(entry: Parameters<JournalWriter['append']>[0]): boolean {
    if (this.unwritable) return false;
    try {
      this.journal.append(entry);
    } catch (error) {
      this.unwritable = true;
      this.fail(error instanceof Error ? error.message : String(error));
      return false;
    }
    this.sequence += 1;
    return true;
  }

  /** Notes what the person did beside the terminal. */
  mark(mark: Mark): void {
    if (!this.ended) this.append({ t: this.clock.target, mark });
  }

  /** Notes how far the clock is, and from time to time what the state is. */
  private note(): void {
    if (this.ended || this.clock.target === this.notedClock) return;
    this.notedClock = this.clock.target;
    this.append({ t: this.clock.target, clock: true });
    if (!this.hashing && this.clock.target - this.notedHash >= HASH_MICROS) this.noteHash();
  }

  /** A hash belongs to one place in the journal: it is noted only if nothing was written while it was asked for. */
  private noteHash(): void {
    const instant = this.clock.target;
    const sequence = this.sequence;
    this.hashing = true;
    const done = (): void => {
      this.hashing = false;
    };
    this.cluster.advanceTo(instant).catch(done);
    this.cluster.traceHash().then((hash) => {
      done();
      if (this.ended || this.sequence !== sequence) return;
      this.notedHash = instant;
      this.append({ t: instant, hash });
    }, done);
  }

  private hear(event: OutsideEvent): void {
    if (this.ended) return;
    if (event.kind === 'command-line') this.commandLines.push({ line: event.line, at: event.at });
    else if (event.kind === 'asked') this.desk.ask(event.id, event.question);
    else if (event.kind === 'ring' || event.kind === 'line') this.lines.take(event);
    else this.terminals.hear(event);
  }

  private fail(reason: string): void {
    this.failure ??= reason;
    this.pause();
    for (const listener of [...this.failureListeners]) listener(reason);
  }

  private tellOpened({ path }: OutsideQuestion): void {
    const shown = path.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
    this.terminals.say(noticeText('own-editor', { path: shown }));
  }

  private takeUp(entries: readonly JournalEntry[]): void {
    this.sequence = entries.length;
    this.taken.takeUp(entries);
    this.clock.target = Math.max(this.clock.target, entries.at(-1)?.t ?? 0);
    const marks = entries.flatMap((entry) => ('mark' in entry ? [entry.mark] : []));
    this.hints = marks.filter((mark) => mark === 'hint').length;
    this.solutionSeen = marks.includes('solution');
  }
}
