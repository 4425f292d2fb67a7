import { goQuote } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';
import { defaultPath, fileFor, fileOfCurrent, writeFile } from '../../config/file.js';
import { refuseArgs } from '../../config/refuse.js';
import { CommandError } from '../../errors.js';

/** `kubectl config rename-context`. */
export const renameContext: Command = {
  name: 'rename-context',
  short: 'Rename a context from the kubeconfig file',
  complete: function* (session, args) {
    return args.length > 0 ? [] : [...session.kubeconfigOrEmpty().contexts.keys()].sort();
  },
  run: function* (session, _flags, args) {
    if (args.length !== 2) return yield* refuseArgs(session, renameContext, args);
    const [from = '', to = ''] = args;
    if (to === '') throw new CommandError('You must specify a new non-empty context name');
    const { contexts } = session.kubeconfigOrEmpty();
    if (!contexts.has(from))
      throw new CommandError(`cannot rename the context ${goQuote(from)}, it's not in ${defaultPath(session)}`);
    if (contexts.has(to))
      throw new CommandError(
        `cannot rename the context ${goQuote(from)}, the context ${goQuote(to)} already exists in ${defaultPath(session)}`,
      );
    const file = fileFor(session, 'contexts', from);
    file.contexts.set(to, file.contexts.get(from) ?? {});
    file.contexts.delete(from);
    if (file.currentContext === from) file.currentContext = to;
    writeFile(session, file);
    const holder = fileOfCurrent(session);
    if (holder.currentContext === from) {
      holder.currentContext = to;
      writeFile(session, holder);
    }
    yield* session.out(`Context ${goQuote(from)} renamed to ${goQuote(to)}.\n`);
  },
};
