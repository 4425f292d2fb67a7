import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { parseMode } from './modes.js';
import { UsageError } from './options.js';

const USUAL_MODE = 0o666;

/** `mkfifo`: makes named pipes. */
export const mkfifo: Program = command(
  {
    name: 'mkfifo',
    usage: '[OPTION]... NAME...',
    summary: 'Create named pipes (FIFOs) with the given NAMEs.',
    options: ['m mode=MODE : set the mode, as in chmod', 'Z context?CTX : (ignored)'],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    const text = context.value('mode');
    const mode = text === undefined ? undefined : parseMode(text, context.sys.umask());
    if (text !== undefined && !mode) context.die('invalid mode');
    for (const path of context.operands) {
      try {
        context.sys.makeFifo(path, USUAL_MODE);
        if (mode) context.sys.changeMode(path, mode(USUAL_MODE, false));
      } catch (thrown) {
        context.fail(`cannot create fifo ${context.quoteName(path)}: ${reason(thrown)}`);
      }
    }
    return undefined;
  },
);
