import type { Command } from '../../cobra/command.js';
import { fileOfCurrent } from '../../config/file.js';
import { CommandError } from '../../errors.js';

/** `kubectl config current-context`. */
export const currentContext: Command = {
  name: 'current-context',
  short: 'Display the current-context',
  run: function* (session) {
    const { currentContext: name } = fileOfCurrent(session);
    if (name === '') throw new CommandError('current-context is not set');
    yield* session.out(`${name}\n`);
  },
};
