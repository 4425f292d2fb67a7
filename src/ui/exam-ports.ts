import type { GradedView, LabSession, LabView, OpenSessionOptions } from './ports.js';
import type { OnStep, RealView, StepPlace } from './real-ports.js';

/** Whether the time counts during which kubedrill does not run. */
export type Interruptions = 'count' | 'pause';

/** What a person says of an exam before it begins; everything else its blueprint says. */
export interface ExamWishes {
  readonly certification: string;
  readonly seed?: string | undefined;
  readonly minutes?: number | undefined;
  /** In half of the minutes. */
  readonly halfTime?: boolean;
  readonly coach?: boolean;
  readonly interruptions?: Interruptions;
  /** The real cluster that all tasks share, as it is written after `--cluster`. */
  readonly cluster?: string | undefined;
}

/** An exam that was drawn and can be begun. */
export interface ExamOffer {
  readonly certification: string;
  /** The blueprint's id: `cka/mock`. */
  readonly id: string;
  readonly title: string;
  /** The certification's whole name. */
  readonly name: string;
  readonly seed: string;
  /** The person chose the seed. */
  readonly named: boolean;
  readonly tasks: number;
  readonly minutes: number;
  readonly passPercent: number;
  readonly coach: boolean;
  readonly interruptions: Interruptions;
  readonly sites: readonly string[];
  /** The exam that there are too few labs for, and how many it lacks. */
  readonly insteadOf: { readonly title: string; readonly lacks: number } | undefined;
  /** Tasks that stood in one of the last exams already. */
  readonly again: number;
  /** There only where all tasks share one real cluster. */
  readonly real?: RealOffer | undefined;
}

/** What of a real cluster is to be known before an exam on it begins. */
export interface RealOffer {
  /** As it is written after `--cluster`. */
  readonly cluster: string;
  /** Of how many labs of the certification how many can share it. */
  readonly fit: number;
  readonly labs: number;
}

/** How an exam is made or taken up on a real cluster: it takes long, may ask, and can be stopped. */
export interface ExamOpeningHow {
  onStep: OnStep;
  confirm(question: string): Promise<boolean>;
  readonly signal: AbortSignal;
}

export interface ExamTaskView {
  /** From 1. */
  readonly number: number;
  /** Per cent of the exam. */
  readonly weight: number;
  /** Where it is done. */
  readonly host: string;
  readonly view: LabView;
}

/** What is settled of an exam that is being sat. */
export interface ExamView {
  readonly id: string;
  readonly title: string;
  readonly certification: string;
  readonly seed: string;
  readonly minutes: number;
  readonly passPercent: number;
  readonly coach: boolean;
  readonly interruptions: Interruptions;
  /** Addresses without `https://`; everything below them may be opened. */
  readonly sites: readonly string[];
  readonly quickReference: readonly string[];
  readonly tasks: readonly ExamTaskView[];
  /** There only where all tasks share one real cluster. */
  readonly real?: RealView | undefined;
}

/** How far an exam is when the screens take it up. */
export interface ExamStanding {
  /** The task that was in front last. */
  readonly current: number | undefined;
  readonly opened: readonly number[];
  readonly flagged: readonly number[];
  readonly notes: string;
  /** How it was ended before, where nothing but its grade is left. */
  readonly ended?: ExamEnding | undefined;
}

/** How an exam ends: by the candidate, or because its time is over. */
export type ExamEnding = 'finished' | 'time';

/** Told of each task that is graded, by its number; `at` is its place among them, where that takes long, and what is done for it. */
export type OnGrading = (number: number, at?: StepPlace & { readonly says?: string }) => void;

/** An exam that is being sat. */
export interface ExamSitting {
  readonly view: ExamView;
  readonly standing: ExamStanding;
  /** Whole seconds; 0 when the time is over. */
  readonly remainingSeconds: number;
  /** How long a task has been in front. */
  spentSeconds(number: number): number;
  /** Brings a task to the front; the same session each time, as long as its machine lives. */
  open(number: number, options: OpenSessionOptions): Promise<LabSession>;
  /** Ends a task's machine that does not answer, and makes it again of what it had taken up. */
  rebuild(number: number, options: OpenSessionOptions): Promise<LabSession>;
  /** Makes a task's machine before it is asked for. */
  prepare(number: number): Promise<void>;
  flag(number: number, on: boolean): void;
  /** Keeps the whole notepad. */
  takeNotes(notes: string): void;
  /** Told once when the time is over, at once where it is already: the last moment for `takeNotes`. */
  onOver(listener: () => void): () => void;
  /** Told why nothing can be written down, and with undefined when it can again. */
  onTrouble(listener: (reason: string | undefined) => void): () => void;
  /** Ends the exam and grades it; `onStep` is told each task that is graded, and on a real cluster what is done for it. */
  finish(ending: ExamEnding, onStep: OnGrading): Promise<ExamResultView>;
  /** Ends all machines; what was not finished can be gone on with. */
  leave(): Promise<void>;
  /** Of a real cluster: makes it what it was, after the grade; gives what could not be put back, a sentence each. */
  putBack?(onStep: OnStep): Promise<readonly string[]>;
}

export interface ExamTaskResult {
  readonly number: number;
  readonly weight: number;
  readonly host: string;
  readonly view: LabView;
  readonly points: number;
  readonly total: number;
  readonly seconds: number;
  /** None for a task that was never opened. */
  readonly graded: GradedView | undefined;
  readonly typed: readonly string[];
}

export interface ExamResultView {
  readonly percent: number;
  readonly passed: boolean;
  readonly ending: ExamEnding;
  readonly seconds: number;
  /** Weights are per cent of the exam; what was earned of them is undefined where no task was asked. */
  readonly domains: readonly {
    readonly name: string;
    readonly weight: number;
    readonly percent: number | undefined;
  }[];
  readonly tasks: readonly ExamTaskResult[];
}

/** What the screens need for exams. Errors have messages that can be shown as they are. */
export interface ExamPorts {
  /** Draws an exam. Throws where there are too few labs even for the shorter one. */
  offer(wishes: ExamWishes): ExamOffer;
  begin(offer: ExamOffer, how: ExamOpeningHow): Promise<ExamSitting>;
  resume(id: string, how: ExamOpeningHow): Promise<ExamSitting>;
  /** An exam that was left is not offered again. */
  discard(id: string): void;
}
