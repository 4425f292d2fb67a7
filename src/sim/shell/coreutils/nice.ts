import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { UsageError } from './options.js';
import { become } from './run-options.js';

/** `nice`: runs a program at another priority, which one CPU without priorities does not notice. */
export const nice: Program = command(
  {
    name: 'nice',
    usage: '[OPTION] [COMMAND [ARG]...]',
    summary: 'Run COMMAND with an adjusted niceness; without one print the current niceness.',
    misuse: 125,
    inOrder: true,
    options: ['n adjustment=N : add N to the niceness instead of 10'],
    legacy: (word) => (/^-{1,2}\d+$/.test(word) ? { key: 'adjustment', value: word.slice(1), as: '-n' } : undefined),
  },
  function* (context) {
    const text = context.value('adjustment');
    if (text !== undefined && !/^[-+]?\d+$/.test(text)) context.die(`invalid adjustment ${context.quote(text)}`, 125);
    const [program] = context.operands;
    if (program === undefined) {
      if (text !== undefined) throw new UsageError('a command must be given with an adjustment');
      context.print('0\n');
      return 0;
    }
    return yield* become(context, context.operands, (error) => `${context.quote(program)}: ${error.message}`);
  },
);
