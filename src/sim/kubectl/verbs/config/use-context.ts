import { goQuote } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';
import { fileOfCurrent, writeFile } from '../../config/file.js';
import { refuseArgs } from '../../config/refuse.js';
import { CommandError } from '../../errors.js';

/** `kubectl config use-context`. */
export const useContext: Command = {
  name: 'use-context',
  aliases: ['use'],
  short: 'Set the current-context in a kubeconfig file',
  complete: function* (session, args) {
    return args.length > 0 ? [] : [...session.kubeconfigOrEmpty().contexts.keys()].sort();
  },
  run: function* (session, _flags, args) {
    if (args.length !== 1) return yield* refuseArgs(session, useContext, args);
    const name = args[0] as string;
    if (name === '') throw new CommandError('empty context names are not allowed');
    if (!session.kubeconfigOrEmpty().contexts.has(name))
      throw new CommandError(`no context exists with the name: ${goQuote(name)}`);
    const file = fileOfCurrent(session);
    file.currentContext = name;
    writeFile(session, file);
    yield* session.out(`Switched to context ${goQuote(name)}.\n`);
  },
};
