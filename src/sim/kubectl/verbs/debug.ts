import type { Command } from '../cobra/command.js';
import { CommandError } from '../errors.js';

/** `kubectl debug`, which is refused here by name. */
export const debug: Command = {
  name: 'debug',
  short: 'Create debugging sessions for troubleshooting workloads and nodes',
  run: function* () {
    throw new CommandError('debug is not part of this simulation');
  },
};
