import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';

/** `unlink`: removes one file. */
export const unlink: Program = command(
  { name: 'unlink', usage: 'FILE', summary: 'Call the unlink function to remove the specified FILE.' },
  (context) => {
    const [path, extra] = context.operands;
    if (path === undefined) throw new UsageError('missing operand');
    if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
    try {
      context.sys.unlink(path);
      return 0;
    } catch (thrown) {
      return context.die(`cannot unlink ${context.quoteName(path)}: ${reason(thrown)}`);
    }
  },
);
