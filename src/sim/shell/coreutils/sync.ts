import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';

/** `sync`: everything is on the disk already. */
export const sync: Program = command(
  {
    name: 'sync',
    usage: '[OPTION] [FILE]...',
    summary: 'Synchronize cached writes to persistent storage.',
    options: ['d data : (ignored)', 'f file-system : (ignored)'],
  },
  (context) => {
    for (const path of context.operands) {
      try {
        context.sys.stat(path);
      } catch (thrown) {
        context.fail(`error opening ${context.quoteName(path)}: ${reason(thrown)}`);
      }
    }
    return undefined;
  },
);
