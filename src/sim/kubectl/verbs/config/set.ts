import { goQuote } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';
import { changeProperty } from '../../config/property.js';
import { refuseArgs } from '../../config/refuse.js';
import { CommandError } from '../../errors.js';

/** `kubectl config set`. */
export const set: Command = {
  name: 'set',
  short: 'Set an individual value in a kubeconfig file',
  run: function* (session, _flags, args) {
    if (args.length !== 2) return yield* refuseArgs(session, set, args);
    const [property = '', value = ''] = args;
    if (value === '') throw new CommandError('you cannot use set to unset a property');
    if (property === '') throw new CommandError('you must specify a property');
    changeProperty(session, property, value);
    yield* session.out(`Property ${goQuote(property)} set.\n`);
  },
};
