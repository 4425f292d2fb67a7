import type { Report } from '../checker/rubric.js';
import type { History } from '../labs/progress/history.js';
import type { ExamPorts } from './exam-ports.js';
import type { LessonPort, LessonPorts, ReviewPorts } from './learn-ports.js';
import type { PracticePort } from './practice-ports.js';
import type { OnStep, RealPort } from './real-ports.js';
import type { ReplayPort } from './replay-ports.js';

/** A lab in the catalogue, with what was reached in it. */
export interface CatalogueLab {
  readonly id: string;
  /** The id without its certification. */
  readonly name: string;
  readonly title: string;
  readonly certification: string;
  readonly domain: string;
  /** 1 to 5. */
  readonly difficulty: number;
  readonly minutes: number;
  readonly points: number;
  readonly best: { readonly points: number; readonly total: number } | undefined;
  readonly attempts: number;
  readonly passed: boolean;
  /** ISO 8601 of the last graded attempt. */
  readonly last: string | undefined;
}

/** A domain of an exam. */
export interface CatalogueDomain {
  readonly certification: string;
  readonly name: string;
  /** Per cent of the exam; undefined when the exam does not say. */
  readonly weight: number | undefined;
}

export interface CatalogueView {
  readonly domains: readonly CatalogueDomain[];
  readonly labs: readonly CatalogueLab[];
  /** The mock exams that can be sat. */
  readonly exams: readonly CatalogueExam[];
  /** Exams first, then attempts; of each the newest first. */
  readonly unfinished: readonly InterruptedAttempt[];
  /** What was practised, and what to do next. */
  readonly history: History;
}

/** A certification's mock exam in the catalogue. */
export interface CatalogueExam {
  readonly certification: string;
  readonly title: string;
  readonly tasks: { readonly min: number; readonly max: number };
  readonly minutes: number;
  /** The best of those that were sat. */
  readonly best: { readonly percent: number; readonly passed: boolean } | undefined;
}

/** An attempt or an exam that was begun and not ended. */
export interface InterruptedAttempt {
  readonly id: string;
  readonly lab: string;
  readonly title: string;
  readonly seed: string;
  /** ISO 8601. */
  readonly started: string;
  /** There when it is an exam. */
  readonly exam?: { readonly secondsLeft: number } | undefined;
  /** Another kubedrill has it open, so that it cannot be gone on with here. */
  readonly elsewhere?: boolean | undefined;
  /** The real cluster that it is on, where what it made stays when it is dropped. */
  readonly cluster?: string | undefined;
}

/** A lab that a person wants to begin; any draw of it where no seed is given. */
export interface WantedLab {
  readonly id: string;
  readonly title: string;
  readonly seed?: string | undefined;
}

export interface HintView {
  readonly text: string;
  readonly price: number;
}

/** What the screens show of a lab's instance. */
export interface LabView {
  readonly id: string;
  readonly title: string;
  readonly task: string;
  readonly minutes: number;
  readonly points: number;
  readonly seed: string;
  readonly hints: readonly HintView[];
  /** Command lines. */
  readonly solution: readonly string[];
  readonly explains: string;
  readonly reads: readonly string[];
}

export interface GradedView {
  readonly report: Report;
  readonly hintsPrice: number;
  readonly points: number;
  readonly seconds: number;
  /** The solution was looked at before. */
  readonly solutionSeen?: boolean | undefined;
}

/** A terminal of an attempt: bytes both ways. */
export interface TerminalPort {
  /** What it goes by, from 1 to 9. */
  readonly number: number;
  type(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** What it shows; what came before the first listener is given to that at once. */
  onOutput(listener: (bytes: Uint8Array) => void): () => void;
  /** The program that runs in it; undefined where a shell waits at its prompt. */
  running(): Promise<string | undefined>;
}

/** The terminals of an attempt, in the order of their numbers; there is always one. */
export interface TerminalsPort {
  readonly all: readonly TerminalPort[];
  /** The one that somebody typed in last. */
  readonly latest: TerminalPort;
  /** Opens another one on the same host; undefined when there are as many as there can be. */
  open(columns: number, rows: number): TerminalPort | undefined;
  /** Closes one as a window is closed; false when it is the last, which stays. */
  close(terminal: TerminalPort): boolean;
  /** Told whenever one was opened or is gone. */
  onChange(listener: () => void): () => void;
}

/** An attempt as the screens see it: terminals, a clock, and a grade. */
export interface LabSession {
  readonly view: LabView;
  readonly host: string;
  readonly elapsedSeconds: number;
  readonly hintsTaken: number;
  silentMilliseconds(): number;
  start(): void;
  pause(): void;
  readonly terminals: TerminalsPort;
  onFailure(listener: (reason: string) => void): () => void;
  /** Somebody else, the person's own editor or shell, needs the terminal until `use` has ended. */
  onTerminalWanted(lend: Lend): void;
  hint(): HintView | undefined;
  noteSolution(): void;
  typed(): readonly string[];
  grade(onStep: OnStep): Promise<GradedView>;
  leave(how: { readonly finished: boolean }): Promise<void>;
  /** There only in a preview. */
  readonly author?: AuthorPort | undefined;
  /** There only in practice: not in an exam, at a lesson, or in a preview. */
  readonly practice?: PracticePort<LabSession, OpenSessionOptions> | undefined;
  /** There only at a lesson. */
  readonly lesson?: LessonPort | undefined;
  /** There only on a real cluster. */
  readonly real?: RealPort | undefined;
}

/** Who has the terminal that was lent. */
export type Borrower = 'editor' | 'shell';

/** Lends the terminal the screens are on until `use` has ended. */
export type Lend = (use: () => Promise<void>, whose?: Borrower) => Promise<void>;

/** What an author does with a lab beside solving it. */
export interface AuthorPort {
  /** What was drawn, such as `cause=configmap/coredns`. */
  readonly draw: string;
  /** Steps of the solution, as typed at the prompt; a here-document is one. */
  readonly steps: readonly { readonly text: string; readonly bytes: Uint8Array }[];
  /** Grades a copy as it stands. */
  look(): Promise<Report>;
  /** The lab's file was saved: what is wrong with it now, a line each. Returns what ends the subscription. */
  onSave(listener: (problems: readonly string[]) => void): () => void;
  /** Opens the lab again as its file is now: with the same draw, or with the next one. */
  reopen(which: 'same' | 'next', options: OpenSessionOptions): Promise<LabSession>;
}

export interface OpenSessionOptions {
  /** A new attempt at a lab begins at the base host instead of the task's; a lesson begins where it says. */
  readonly fromBase?: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly onStep: OnStep;
  /** Asks the person, where a real cluster is to be changed. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Ends the opening of a real cluster. */
  readonly signal?: AbortSignal;
}

/** Everything the screens need from below. Promises end in errors whose message can be shown as it is. */
export interface ScreenPorts {
  catalogue(): CatalogueView;
  /** The person has something to read now: what the first lab needs may be got ready. */
  prepare(): void;
  /** What the person should be told first. */
  readonly notices: readonly string[];
  /** Attempts begin at the base host until somebody chooses otherwise. */
  readonly fromBase?: boolean;
  /** Forgets an interrupted attempt; its journal is kept. */
  discard(id: string): void;
  start(lab: string, seed: string | undefined, options: OpenSessionOptions): Promise<LabSession>;
  resume(id: string, options: OpenSessionOptions): Promise<LabSession>;
  /** Ends a session whose machine is silent and rebuilds it from its journal. */
  rebuild(session: LabSession, options: OpenSessionOptions): Promise<LabSession>;
  /** Not there in a preview. */
  readonly exams?: ExamPorts | undefined;
  readonly lessons?: LessonPorts | undefined;
  /** Cards are read when they are first asked. */
  readonly review?: (() => Promise<ReviewPorts>) | undefined;
  /** There only where an attempt is played. */
  readonly replay?: ReplayPort | undefined;
}
