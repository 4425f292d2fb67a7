import type { Program } from '../../kernel/sys.js';
import { Accounts } from './accounts.js';
import { command } from './command.js';
import { UsageError } from './options.js';

/** `whoami`: the user's name. */
export const whoami: Program = command(
  {
    name: 'whoami',
    usage: '[OPTION]...',
    summary: 'Print the user name associated with the current effective user ID.',
  },
  (context) => {
    const [extra] = context.operands;
    if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
    const { uid } = context.sys.credentials;
    const user = new Accounts(context.sys).user(uid);
    if (!user) return context.die(`cannot find name for user ID ${uid}`);
    context.print(`${user.name}\n`);
    return 0;
  },
);
