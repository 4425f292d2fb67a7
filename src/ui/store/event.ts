import type { ExamResultView, ExamStanding, ExamView } from '../exam-ports.js';
import type { LessonPort, LessonRow } from '../learn-ports.js';
import type { CatalogueView, GradedView, HintView, LabView, WantedLab } from '../ports.js';
import type { MomentView, PracticePort } from '../practice-ports.js';
import type { RealView, StepPlace } from '../real-ports.js';
import type { ExamState } from './exam-state.js';
import type { LessonState, ReviewState } from './learn-state.js';
import type { PracticeState } from './practice-state.js';
import type { ReplayState } from './replay-state.js';
import type { AuthorState, FindState, NoticeOffer, ReportPart, Screen, TabsState } from './state.js';

/** What the app's keys mean. Those of them that only change what is seen are done by the reducer. */
export type Intent =
  | 'again-another'
  | 'anew'
  | 'another'
  | 'answer'
  | 'author-look'
  | 'author-next'
  | 'author-panel'
  | 'author-reload'
  | 'author-step'
  | 'again-same'
  | 'back'
  | 'certification'
  | 'checks'
  | 'clear'
  | 'coach'
  | 'down'
  | 'drop'
  | 'edit-delete'
  | 'edit-down'
  | 'edit-end'
  | 'edit-erase'
  | 'edit-home'
  | 'edit-left'
  | 'edit-newline'
  | 'edit-right'
  | 'edit-up'
  | 'end'
  | 'exam'
  | 'explanation'
  | 'find'
  | 'find-newer'
  | 'find-older'
  | 'finish'
  | 'first'
  | 'flag'
  | 'from-base'
  | 'help'
  | 'hints'
  | 'home'
  | 'interruptions'
  | 'jump'
  | 'layout'
  | 'leader'
  | 'leader-itself'
  | 'leave'
  | 'lesson-anew'
  | 'lesson-look'
  | 'lesson-next'
  | 'lesson-previous'
  | 'lesson-solution'
  | 'lesson-type'
  | 'lessons'
  | 'links'
  | 'moments'
  | 'mouse'
  | 'next'
  | 'no'
  | 'notes'
  | `number-${1 | 2 | 3 | 4 | 5 | 6 | 7}`
  | 'open'
  | 'page-down'
  | 'page-up'
  | 'palette'
  | 'previous'
  | 'progress'
  | 'quit'
  | 'redo'
  | 'replay-anew'
  | 'replay-faster'
  | 'replay-line'
  | 'replay-on'
  | 'replay-pause'
  | 'replay-slower'
  | 'review'
  | 'say-again'
  | 'scrollback'
  | 'search'
  | 'search-clear'
  | 'search-done'
  | 'solution'
  | 'solution-type'
  | 'status'
  | 'step-1'
  | 'step-2'
  | 'step-3'
  | 'tab-close'
  | 'tab-new'
  | 'tab-next'
  | 'tab-previous'
  | 'task'
  | 'terminal'
  | 'typed'
  | 'undo'
  | 'unfinished'
  | 'up'
  | 'values'
  | 'whole-window'
  | 'yes';

/** Everything that changes the state. */
export type Event =
  /** `last`: the scroll position that shows the end of what is seen. */
  | { readonly type: 'intent'; readonly intent: Intent; readonly last?: number }
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'leader-done' }
  | { readonly type: 'searched'; readonly query: string }
  | { readonly type: 'catalogue-read'; readonly view: CatalogueView; readonly now: number }
  | { readonly type: 'shown'; readonly screen: Screen }
  | { readonly type: 'step'; readonly step: string; readonly at?: StepPlace | undefined }
  | {
      readonly type: 'lab-opened';
      readonly view: LabView;
      readonly host: string;
      readonly hintsTaken: readonly HintView[];
      readonly author?: Pick<AuthorState, 'draw' | 'steps'> | undefined;
      readonly lesson?: Omit<LessonPort, 'look' | 'note'> | undefined;
      readonly practice?: Pick<PracticePort, 'steps' | 'solutionSeen'> | undefined;
      readonly real?: RealView | undefined;
    }
  /** What is new of the lesson in front. */
  | { readonly type: 'lesson'; readonly change: Partial<LessonState> }
  | { readonly type: 'lessons-read'; readonly rows: readonly LessonRow[] }
  /** `shown`: its screen comes up. */
  | { readonly type: 'review'; readonly change: Partial<ReviewState>; readonly shown?: boolean }
  /** What is new of practice at the lab in front. */
  | { readonly type: 'practice'; readonly change: Partial<PracticeState> }
  | { readonly type: 'moments'; readonly moments: readonly MomentView[] }
  /** What is new of what is played. */
  | { readonly type: 'replay'; readonly change: Partial<ReplayState> }
  /** Into a card's gap. */
  | { readonly type: 'review-typed'; readonly text: string }
  /** What an author learns of the lab in front. */
  | { readonly type: 'author'; readonly change: Partial<AuthorState> }
  /** What is looked for in the scrollback, and what was found. */
  | { readonly type: 'found'; readonly find: FindState }
  /** Which terminals there are now. */
  | { readonly type: 'tabs'; readonly tabs: TabsState | undefined }
  /** The wheel was turned over the task. */
  | { readonly type: 'task-scrolled'; readonly by: number; readonly last: number }
  | { readonly type: 'hint-taken'; readonly hint: HintView }
  | { readonly type: 'graded'; readonly graded: GradedView; readonly typed: readonly string[] }
  | { readonly type: 'report-part'; readonly part: ReportPart; readonly typed?: readonly string[] }
  | {
      readonly type: 'noticed';
      readonly title: string;
      readonly text: string;
      readonly offers: NoticeOffer;
    }
  /** What is to be done to a real cluster, and whether it may be. */
  | { readonly type: 'asked'; readonly question: string }
  /** `wanted`: only those at this lab, which was to begin. */
  | { readonly type: 'unfinished-offered'; readonly wanted?: WantedLab }
  /** An exam is sat from here on. */
  | { readonly type: 'exam-begun'; readonly view: ExamView; readonly standing: ExamStanding }
  /** A task is in front; its machine may still be made. */
  | { readonly type: 'exam-task'; readonly number: number }
  | { readonly type: 'exam-preparing'; readonly number: number }
  | { readonly type: 'exam-task-ready'; readonly number: number }
  | { readonly type: 'exam-flagged'; readonly number: number; readonly on: boolean }
  | { readonly type: 'exam-alert'; readonly text: string | undefined }
  | { readonly type: 'exam-advised'; readonly advice: ExamState['advice'] }
  /** Why nothing can be written down. */
  | { readonly type: 'exam-trouble'; readonly text: string | undefined }
  | { readonly type: 'exam-ended'; readonly result: ExamResultView }
  /** A task of the graded exam is looked at. */
  | { readonly type: 'exam-task-report'; readonly number: number }
  /** What came of a task that was done again. */
  | { readonly type: 'exam-redone'; readonly number: number; readonly points: number; readonly total: number }
  | { readonly type: 'exam-left' }
  /** A digit that chooses a task by its number. */
  | { readonly type: 'jump-digit'; readonly digit: number }
  | { readonly type: 'notes-typed'; readonly text: string }
  | { readonly type: 'palette-typed'; readonly text: string }
  | { readonly type: 'overlay-closed' };
