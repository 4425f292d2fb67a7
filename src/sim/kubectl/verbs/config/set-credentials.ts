import { goQuote } from '../../../api/go-text.js';
import type { JsonObject } from '../../../api/object.js';
import type { Command } from '../../cobra/command.js';
import type { Flags } from '../../cobra/flags.js';
import { embedded } from '../../config/embed.js';
import { fileFor, writeFile } from '../../config/file.js';
import { refuseArgs } from '../../config/refuse.js';
import { CommandError } from '../../errors.js';

/** `kubectl config set-credentials`. */
export const setCredentials: Command = {
  name: 'set-credentials',
  short: 'Set a user entry in kubeconfig',
  run: function* (session, flags, args) {
    if (args.length !== 1) return yield* refuseArgs(session, setCredentials, args);
    const name = args[0] as string;
    if (name === '') throw new CommandError('you must specify a non-empty user name');
    const methods = [
      ...(flags.text('token') ? ['--token'] : []),
      ...(flags.text('username') || flags.text('password') ? ['--username/--password'] : []),
    ];
    if (methods.length > 1) {
      throw new CommandError(
        `you cannot specify more than one authentication method at the same time: ${methods.join(', ')}`,
      );
    }
    if (flags.bool('embed-certs') && flags.text('client-certificate') === '' && flags.text('client-key') === '') {
      throw new CommandError('you must specify a --client-certificate or --client-key to embed');
    }
    const file = fileFor(session, 'users', name);
    const entry: JsonObject = { ...file.users.get(name) };
    for (const field of ['client-certificate', 'client-key'])
      if (flags.has(field)) embedded(session, entry, field, flags.text(field));
    setMethod(flags, entry);
    file.users.set(name, entry);
    writeFile(session, file);
    yield* session.out(`User ${goQuote(name)} set.\n`);
  },
};

/** A token replaces a password and the other way round. */
function setMethod(flags: Flags, entry: JsonObject): void {
  if (flags.has('token')) {
    entry['token'] = flags.text('token');
    delete entry['username'];
    delete entry['password'];
  }
  for (const field of ['username', 'password']) {
    if (!flags.has(field)) continue;
    entry[field] = flags.text(field);
    delete entry['token'];
  }
  const command = flags.text('exec-command');
  if (command === '') return;
  const args = flags.list('exec-arg');
  entry['exec'] = {
    apiVersion: flags.text('exec-api-version'),
    args: args.length > 0 ? args : null,
    command,
    env: null,
    provideClusterInfo: false,
  };
}
