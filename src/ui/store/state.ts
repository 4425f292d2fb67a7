import type { Report } from '../../checker/rubric.js';
import type { ExamOffer } from '../exam-ports.js';
import type { CatalogueView, GradedView, HintView, LabView, WantedLab } from '../ports.js';
import type { RealView, StepPlace } from '../real-ports.js';
import type { ExamState } from './exam-state.js';
import type { LessonState, LessonsState, ReviewState } from './learn-state.js';
import type { MomentsOverlay, PracticeState } from './practice-state.js';
import type { ReplayState } from './replay-state.js';

export interface Size {
  readonly columns: number;
  readonly rows: number;
  /** Nothing is painted: the terminal has all of it, and the rest is said in lines. */
  readonly bare?: boolean;
}

export type Screen =
  | { readonly name: 'catalogue' }
  | { readonly name: 'progress' }
  | { readonly name: 'lessons' }
  | { readonly name: 'review' }
  | {
      readonly name: 'loading';
      readonly title: string;
      readonly steps: readonly string[];
      /** How far it is, where that is known. */
      readonly progress?: StepPlace | undefined;
      /** A terminal is on its way: what is typed meanwhile is for it. */
      readonly opens: boolean;
    }
  | { readonly name: 'lab' }
  | { readonly name: 'report'; readonly part: ReportPart }
  /** An attempt as it happened. */
  | { readonly name: 'replay' }
  /** What an exam will be, before it begins. */
  | { readonly name: 'exam-start'; readonly offer: ExamOffer }
  | { readonly name: 'exam-result' }
  | { readonly name: 'error'; readonly title: string; readonly message: string };

export type ReportPart = 'checks' | 'solution' | 'explanation' | 'typed';

/** What Enter does at a notice. */
export type NoticeOffer = 'nothing' | 'rebuild' | 'another' | 'solution';

/** What lies over a screen; there is one at most. `scroll` is its first row shown. */
export type Overlay = { readonly scroll: number } & (
  | { readonly name: 'help' | 'hints' | 'links' | 'values' }
  /** Tasks of an exam; digits typed so far choose one by its number. */
  | { readonly name: 'jump'; readonly cursor: number; readonly typed: string }
  | { readonly name: 'notes'; readonly text: string; readonly cursor: number }
  /** Every command of the screen below, as far as `query` names it; the chosen one counted from 0. */
  | { readonly name: 'palette'; readonly query: string; readonly cursor: number }
  | { readonly name: 'confirm'; readonly asks: 'finish' | 'surely' }
  | { readonly name: 'notice'; readonly title: string; readonly text: string; readonly offers: NoticeOffer }
  /** The checks as they are now. */
  | { readonly name: 'checks' }
  | MomentsOverlay
  /** Something is to be done to a real cluster, which the person must want. */
  | { readonly name: 'ask'; readonly question: string }
  /**
   * Attempts to go on with, the chosen one counted from 0; `dropping`: whether to drop it is being asked. `wanted`: only
   * those at a lab that was to begin.
   */
  | {
      readonly name: 'unfinished';
      readonly cursor: number;
      readonly dropping: boolean;
      readonly wanted?: WantedLab | undefined;
    }
);

export interface CatalogueState {
  readonly view: CatalogueView;
  /** Undefined: all. */
  readonly certification: string | undefined;
  readonly query: string;
  readonly searching: boolean;
  /** Keys of closed domains, as `domainKey` makes them. */
  readonly closed: readonly string[];
  readonly cursor: number;
  /** Labs begin at the base host instead of the task's. */
  readonly fromBase: boolean;
}

/** Where keys go on the lab screen. */
/** `find`: what is looked for is typed; `found`: one goes from match to match. */
export type Focus = 'terminal' | 'task' | 'scrollback' | 'find' | 'found';
export type LayoutChoice = 'automatic' | 'above' | 'beside' | 'terminal';

/** A search in the scrollback: which match is in front, the newest counted 1, and how many there are. */
export interface FindState {
  readonly query: string;
  readonly at: number;
  readonly of: number;
}

/** What an author sees beside the task. */
export interface AuthorState {
  readonly draw: string;
  readonly panel: AuthorPanel;
  /** The checks as last looked at. */
  readonly report: Report | undefined;
  readonly looking: boolean;
  /** Why they could not be looked at. */
  readonly failure: string | undefined;
  /** Steps of the solution, and how many of them have been typed. */
  readonly steps: readonly string[];
  readonly typed: number;
  /** The file was saved since the lab was opened. */
  readonly saved: boolean;
  /** What is wrong with the file, a line each. */
  readonly problems: readonly string[];
}

/** `task` has a turn where the panel stands in the task's place. */
export type AuthorPanel = 'checks' | 'solution' | 'hints' | 'explanation' | 'task';

/** The terminals of an attempt where there are several, by their numbers. */
export interface TabsState {
  readonly all: readonly TabState[];
  readonly front: number;
  /** The program that runs in the one in front, which was to be closed. */
  readonly closing: string | undefined;
}

export interface TabState {
  readonly number: number;
  /** Where one is in it. */
  readonly host: string;
  /** What runs in it, as far as that is known. */
  readonly command: string | undefined;
  /** It printed something since it was last seen. */
  readonly news: boolean;
}

export interface LabState {
  /** The number of an exam's task; undefined for a lab by itself. */
  readonly task: number | undefined;
  /** There only in a preview. */
  readonly author: AuthorState | undefined;
  /** There only at a lesson. */
  readonly lesson: LessonState | undefined;
  /** There only in practice. */
  readonly practice?: PracticeState | undefined;
  /** There only on a real cluster. */
  readonly real?: RealView | undefined;
  readonly view: LabView;
  readonly host: string;
  readonly hintsTaken: readonly HintView[];
  readonly focus: Focus;
  /** There while something is looked for in the scrollback. */
  readonly find?: FindState | undefined;
  /** There while there is more than one terminal. */
  readonly tabs?: TabsState | undefined;
  readonly layout: LayoutChoice;
  readonly taskScroll: number;
  /** Undefined until graded once. */
  readonly graded: GradedView | undefined;
  readonly typed: readonly string[];
}

export interface State {
  readonly size: Size;
  /** Real milliseconds at which the ages shown were counted. */
  readonly now: number;
  readonly screen: Screen;
  readonly overlay: Overlay | null;
  /** The leader was pressed; the next key is the app's. */
  readonly leader: boolean;
  /** On the lab screen the wheel scrolls; otherwise the mouse is left to the terminal the program runs in. */
  readonly mouse: boolean;
  readonly catalogue: CatalogueState;
  readonly lab: LabState | undefined;
  readonly lessons: LessonsState | undefined;
  readonly review: ReviewState | undefined;
  readonly exam: ExamState | undefined;
  readonly replay: ReplayState | undefined;
  /** First row shown of what scrolls on a report's or the progress screen. */
  readonly scroll: number;
}

/** The state at the start. */
export function initialState(size: Size, view: CatalogueView, now: number, fromBase = false): State {
  return {
    size,
    now,
    screen: { name: 'catalogue' },
    overlay: null,
    leader: false,
    mouse: true,
    catalogue: { view, certification: undefined, query: '', searching: false, closed: [], cursor: 1, fromBase },
    lab: undefined,
    lessons: undefined,
    review: undefined,
    exam: undefined,
    replay: undefined,
    scroll: 0,
  };
}
