import type { LessonPort, LessonRow } from '../learn-ports.js';
import type { CatalogueView, GradedView, HintView, LabView } from '../ports.js';
import type { LessonState, ReviewState } from './learn-state.js';
import type { AuthorState, ReportPart, Screen } from './state.js';

/** What the app's keys mean. Those of them that only change what is seen are done by the reducer. */
export type Intent =
  | 'again-another'
  | 'answer'
  | 'author-look'
  | 'author-next'
  | 'author-panel'
  | 'author-reload'
  | 'author-step'
  | 'again-same'
  | 'back'
  | 'certification'
  | 'down'
  | 'drop'
  | 'end'
  | 'explanation'
  | 'finish'
  | 'first'
  | 'flag'
  | 'help'
  | 'hints'
  | 'home'
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
  | 'next'
  | 'no'
  | 'notes'
  | `number-${1 | 2 | 3 | 4 | 5 | 6 | 7}`
  | 'open'
  | 'page-down'
  | 'page-up'
  | 'previous'
  | 'progress'
  | 'quit'
  | 'review'
  | 'scrollback'
  | 'search'
  | 'search-clear'
  | 'search-done'
  | 'solution'
  | 'step-1'
  | 'step-2'
  | 'step-3'
  | 'task'
  | 'terminal'
  | 'typed'
  | 'undo'
  | 'unfinished'
  | 'up'
  | 'values'
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
  | { readonly type: 'step'; readonly step: string }
  | {
      readonly type: 'lab-opened';
      readonly view: LabView;
      readonly host: string;
      readonly hintsTaken: readonly HintView[];
      readonly author?: Pick<AuthorState, 'draw' | 'steps'> | undefined;
      readonly lesson?: Omit<LessonPort, 'look' | 'note'> | undefined;
    }
  /** What is new of the lesson in front. */
  | { readonly type: 'lesson'; readonly change: Partial<LessonState> }
  | { readonly type: 'lessons-read'; readonly rows: readonly LessonRow[] }
  /** `shown`: its screen comes up. */
  | { readonly type: 'review'; readonly change: Partial<ReviewState>; readonly shown?: boolean }
  /** Into a card's gap. */
  | { readonly type: 'review-typed'; readonly text: string }
  /** What an author learns of the lab in front. */
  | { readonly type: 'author'; readonly change: Partial<AuthorState> }
  | { readonly type: 'hint-taken'; readonly hint: HintView }
  | { readonly type: 'graded'; readonly graded: GradedView; readonly typed: readonly string[] }
  | { readonly type: 'report-part'; readonly part: ReportPart; readonly typed?: readonly string[] }
  | {
      readonly type: 'noticed';
      readonly title: string;
      readonly text: string;
      readonly offers: 'nothing' | 'rebuild';
    }
  | { readonly type: 'unfinished-offered' }
  | { readonly type: 'overlay-closed' };
