import { goQuote } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';
import { fileFor, fileOfCurrent, writeFile } from '../../config/file.js';
import { refuseArgs } from '../../config/refuse.js';
import { CommandError } from '../../errors.js';

/** `kubectl config set-context`. */
export const setContext: Command = {
  name: 'set-context',
  short: 'Set a context entry in kubeconfig',
  complete: function* (session, args) {
    return args.length > 0 ? [] : [...session.kubeconfigOrEmpty().contexts.keys()].sort();
  },
  run: function* (session, flags, args) {
    if (args.length > 1) return yield* refuseArgs(session, setContext, args);
    const current = flags.bool('current');
    let name = args[0] ?? '';
    if (name === '' && !current) throw new CommandError('you must specify a non-empty context name or --current');
    if (name !== '' && current) throw new CommandError('you cannot specify both a context name and --current');
    if (current) {
      name = fileOfCurrent(session).currentContext;
      if (name === '') throw new CommandError('no current context is set');
    }
    const file = fileFor(session, 'contexts', name);
    const existed = file.contexts.has(name);
    const entry = { ...file.contexts.get(name) };
    for (const field of ['cluster', 'namespace', 'user']) if (flags.has(field)) entry[field] = flags.text(field);
    file.contexts.set(name, entry);
    writeFile(session, file);
    yield* session.out(`Context ${goQuote(name)} ${existed ? 'modified' : 'created'}.\n`);
  },
};
