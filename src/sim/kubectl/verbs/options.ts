import type { Command } from '../cobra/command.js';
import { FlagTable } from '../cobra/flags.js';
import { flagText } from '../cobra/help.js';

/** `kubectl options`. */
export const options: Command = {
  name: 'options',
  short: 'Print the list of flags inherited by all commands',
  run: function* (session) {
    const flags = new FlagTable('').all().filter(({ name }) => name !== 'help');
    yield* session.out(`The following options can be passed to any command:\n\n${flags.map(flagText).join('')}`);
  },
};
