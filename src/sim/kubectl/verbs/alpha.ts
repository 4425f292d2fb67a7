import type { Command } from '../cobra/command.js';

/** `kubectl alpha`, which has nothing in it in v1.36 and is not listed. */
export const alpha: Command = {
  name: 'alpha',
  short: 'Commands for features in alpha',
  hidden: true,
  run: function* (session) {
    yield* session.err('No alpha commands are available in this version of kubectl\n');
  },
};
