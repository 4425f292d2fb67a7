import type { Command } from '../cobra/command.js';
import { BASH_COMPLETION } from '../completion/bash-script.js';
import { UsageError } from '../errors.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

/** `kubectl completion`. */
export const completion: Command = {
  name: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  complete: function* (_session, args) {
    return args.length > 0 ? [] : SHELLS;
  },
  run: function* (session, _flags, args) {
    if (args.length === 0) throw new UsageError('completion', 'Shell not specified.');
    if (args.length > 1) throw new UsageError('completion', 'Too many arguments. Expected only the shell type.');
    const shell = args[0] as string;
    if (!SHELLS.includes(shell)) throw new UsageError('completion', `Unsupported shell type ${JSON.stringify(shell)}.`);
    if (shell !== 'bash') throw new UsageError('completion', `Only bash is at hand on these machines, not ${shell}.`);
    yield* session.out(BASH_COMPLETION);
  },
};
