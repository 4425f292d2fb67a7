import type { Report } from '../../checker/rubric.js';
import type { AnsweredCard, CardView, LessonRow, LessonStepView } from '../learn-ports.js';

/** A lesson at its lab screen. */
export interface LessonState {
  readonly steps: readonly LessonStepView[];
  readonly explains: string;
  readonly reads: readonly string[];
  /** The step that is seen; behind the last one is the end. */
  readonly at: number;
  /** Ids of the steps that are done. */
  readonly done: readonly string[];
  /** The checks of the first step that is not done, as last looked at. */
  readonly report: Report | undefined;
  readonly looking: boolean;
  /** Why they could not be looked at. */
  readonly failure: string | undefined;
  /** The solution of the step is shown. */
  readonly solution: boolean;
  /** Pieces of its solution that were typed for the person. */
  readonly typed: number;
}

/** The list of lessons. */
export interface LessonsState {
  readonly rows: readonly LessonRow[];
  readonly cursor: number;
}

/** A review under way. */
export interface ReviewState {
  /** `CKA`, or nothing for all. */
  readonly about: string;
  /** Undefined: there is nothing for now. */
  readonly card: CardView | undefined;
  readonly due: number;
  readonly fresh: number;
  readonly later: number | undefined;
  /** What was taken so far, in this order. */
  readonly given: readonly string[];
  /** What stands in the gap. */
  readonly text: string;
  /** Undefined until it is answered. */
  readonly answered: AnsweredCard | undefined;
  /** Cards rated in this sitting, and how many of them were right. */
  readonly rated: number;
  readonly right: number;
}

/** The step that is seen; undefined at the end. */
export function stepAt({ steps, at }: LessonState): LessonStepView | undefined {
  return steps[at];
}

/** Whether a step is done: one that is only read is once the person went on. */
export function isDone({ done }: Pick<LessonState, 'done'>, step: LessonStepView | undefined): boolean {
  return step !== undefined && done.includes(step.id);
}
