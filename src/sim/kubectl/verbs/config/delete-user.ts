import type { Command } from '../../cobra/command.js';
import { defaultPath, fileFor, writeFile } from '../../config/file.js';
import { CommandError, UsageError } from '../../errors.js';

/** `kubectl config delete-user`. */
export const deleteUser: Command = {
  name: 'delete-user',
  short: 'Delete the specified user from the kubeconfig',
  complete: function* (session, args) {
    return args.length > 0 ? [] : [...session.kubeconfigOrEmpty().users.keys()].sort();
  },
  run: function* (session, _flags, args) {
    if (args.length !== 1) throw new UsageError('config delete-user', 'user to delete is required');
    const name = args[0] as string;
    const file = fileFor(session, 'users', name);
    if (!file.users.delete(name)) throw new CommandError(`cannot delete user ${name}, not in ${defaultPath(session)}`);

    writeFile(session, file);
    yield* session.out(`deleted user ${name} from ${defaultPath(session)}\n`);
  },
};
