import type { FailedCommand } from './failed-command.js';

/** How a case ended, as plain data that can be kept. */
export type Outcome =
  | { readonly holds: true; readonly milliseconds: number }
  | {
      readonly holds: false;
      /** Real time it took. */
      readonly milliseconds: number;
      readonly expected: string;
      readonly found: string;
      /** The first command that ended with another status than 0, where everything was to succeed. */
      readonly failed?: FailedCommand;
    };
