import type { Report } from '../../checker/rubric.js';
import type { MomentView } from '../practice-ports.js';

/** What practice has beside the task: the checks as last looked at, and the solution. */
export interface PracticeState {
  readonly report: Report | undefined;
  readonly looking: boolean;
  /** Why they could not be looked at. */
  readonly failure: string | undefined;
  /** Steps of the solution, and how many of them were typed for the person. */
  readonly steps: readonly string[];
  readonly typed: number;
  /** The solution stands in the task's place. */
  readonly solution: boolean;
  /** It was looked at: the attempt does not count as mastered. */
  readonly solutionSeen: boolean;
}

/** The moments to go back to, the newest first; `asks`: whether to go back to the chosen one is being asked. */
export interface MomentsOverlay {
  readonly name: 'moments';
  readonly moments: readonly MomentView[];
  readonly cursor: number;
  readonly asks: boolean;
}
