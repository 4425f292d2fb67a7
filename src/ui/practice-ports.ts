import type { Report } from '../checker/rubric.js';

/** A moment to go back to. */
export interface MomentView {
  /** Seconds of the task's clock. */
  readonly seconds: number;
  /** What was typed next; undefined at the start. */
  readonly line: string | undefined;
}

/** What practice has beside solving the lab. */
export interface PracticePort<Session = unknown, Options = never> {
  /** Steps of the solution, as typed at the prompt; a here-document is one. */
  readonly steps: readonly { readonly text: string; readonly bytes: Uint8Array }[];
  /** The solution was looked at already. */
  readonly solutionSeen: boolean;
  /** Grades a copy as it stands; nothing of it is kept. */
  look(): Promise<Report>;
  /** Where it can be gone back to, the newest first; the last is the start. */
  moments(): readonly MomentView[];
  /** Goes back to one of the moments that were told last. The attempt as it was is kept. */
  reset(moment: MomentView, options: Options): Promise<Session>;
}
