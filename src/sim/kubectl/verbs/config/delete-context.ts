import type { Command } from '../../cobra/command.js';
import { helpText } from '../../cobra/help.js';
import { defaultPath, fileFor, writeFile } from '../../config/file.js';
import { CommandError } from '../../errors.js';

/** `kubectl config delete-context`. */
export const deleteContext: Command = {
  name: 'delete-context',
  short: 'Delete the specified context from the kubeconfig',
  complete: function* (session, args) {
    return args.length > 0 ? [] : [...session.kubeconfigOrEmpty().contexts.keys()].sort();
  },
  run: function* (session, _flags, args) {
    if (args.length !== 1) return yield* session.out(helpText(deleteContext, session.path));
    const name = args[0] as string;
    const file = fileFor(session, 'contexts', name);
    if (!file.contexts.delete(name))
      throw new CommandError(`cannot delete context ${name}, not in ${defaultPath(session)}`);
    if (session.kubeconfigOrEmpty().currentContext === name) {
      yield* session.err(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      );
    }
    writeFile(session, file);
    yield* session.out(`deleted context ${name} from ${defaultPath(session)}\n`);
  },
};
