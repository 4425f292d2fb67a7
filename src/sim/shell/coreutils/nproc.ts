import type { Program } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { UsageError } from './options.js';

/** `nproc`: how many processors there are. */
export const nproc: Program = command(
  {
    name: 'nproc',
    usage: '[OPTION]...',
    summary: 'Print the number of processing units available.',
    options: ['all : all there are', 'ignore=N : N fewer, but at least one'],
  },
  (context) => {
    const [extra] = context.operands;
    if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
    context.print(`${Math.max(1, processors(context) - Number(context.value('ignore') ?? 0))}\n`);
    return 0;
  },
);

function processors(context: Context): number {
  try {
    return bytesToText(context.sys.readFile('/proc/cpuinfo')).match(/^processor\s*:/gm)?.length ?? 1;
  } catch {
    return 1;
  }
}
