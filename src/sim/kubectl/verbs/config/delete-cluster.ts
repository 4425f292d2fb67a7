import type { Command } from '../../cobra/command.js';
import { helpText } from '../../cobra/help.js';
import { defaultPath, fileFor, writeFile } from '../../config/file.js';
import { CommandError } from '../../errors.js';

/** `kubectl config delete-cluster`. */
export const deleteCluster: Command = {
  name: 'delete-cluster',
  short: 'Delete the specified cluster from the kubeconfig',
  complete: function* (session, args) {
    return args.length > 0 ? [] : [...session.kubeconfigOrEmpty().clusters.keys()].sort();
  },
  run: function* (session, _flags, args) {
    if (args.length !== 1) return yield* session.out(helpText(deleteCluster, session.path));
    const name = args[0] as string;
    const file = fileFor(session, 'clusters', name);
    if (!file.clusters.delete(name))
      throw new CommandError(`cannot delete cluster ${name}, not in ${defaultPath(session)}`);

    writeFile(session, file);
    yield* session.out(`deleted cluster ${name} from ${defaultPath(session)}\n`);
  },
};
