import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { UsageError } from './options.js';
import { become } from './run-options.js';

/** The status of everything that goes wrong before the command is looked for. */
const FAILED = 125;

/** `chroot`: runs a program with another root directory. */
export const chroot: Program = command(
  {
    name: 'chroot',
    usage: 'NEWROOT [COMMAND [ARG]...]',
    summary: 'Run COMMAND with root directory set to NEWROOT.',
    misuse: FAILED,
    inOrder: true,
  },
  function* (context) {
    const { sys } = context;
    const [root, ...given] = context.operands;
    if (root === undefined) throw new UsageError('missing operand');
    try {
      sys.changeRoot(root);
    } catch (error) {
      if (!isErrno(error)) throw error;
      context.die(`cannot change root directory to ${context.quoteName(root)}: ${error.message}`, FAILED);
    }
    const words = given.length > 0 ? given : [sys.environment.get('SHELL') || '/bin/sh', '-i'];
    return yield* become(
      context,
      words,
      (refused) => `failed to run command ${context.quoteName(words[0] as string)}: ${refused.message}`,
    );
  },
);
