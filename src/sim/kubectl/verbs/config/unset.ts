import { goQuote } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';
import { changeProperty } from '../../config/property.js';
import { refuseArgs } from '../../config/refuse.js';
import { CommandError } from '../../errors.js';

/** `kubectl config unset`. */
export const unset: Command = {
  name: 'unset',
  short: 'Unset an individual value in a kubeconfig file',
  run: function* (session, _flags, args) {
    if (args.length !== 1) return yield* refuseArgs(session, unset, args);
    const property = args[0] as string;
    if (property === '') throw new CommandError('you must specify a property');
    changeProperty(session, property, undefined);
    yield* session.out(`Property ${goQuote(property)} unset.\n`);
  },
};
