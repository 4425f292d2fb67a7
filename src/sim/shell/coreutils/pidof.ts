import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { processesByNumber, processName } from './process-list.js';

/** `pidof`: numbers of the processes of a program, the youngest first. */
export const pidof: Program = command(
  {
    name: 'pidof',
    usage: '[options] [program [...]]',
    summary: 'Find the process ID of a running program.',
    version: 'from procps-ng 4.0.2',
    options: [
      's single-shot : only one',
      'c check-root : (ignored)',
      'q : only the status',
      'w with-workers : (ignored)',
      'x : scripts too',
      'o omit-pid=PID : not these',
      'S separator=SEP : between the numbers',
    ],
  },
  (context) => {
    const omitted = context.options.values('omit-pid').flatMap((list) => list.split(','));
    const found = context.operands.flatMap((name) =>
      processesByNumber(context.sys)
        .filter((process) => {
          const base = name.slice(name.lastIndexOf('/') + 1);
          const script =
            context.has('x') && process.args.slice(1, 2).some((word) => word.slice(word.lastIndexOf('/') + 1) === base);
          return (processName(process) === base.slice(0, 15) || script) && !omitted.includes(String(process.pid));
        })
        .map(({ pid }) => pid)
        .reverse(),
    );
    const shown = context.has('single-shot') ? found.slice(0, 1) : found;
    if (shown.length === 0) return 1;
    if (!context.has('q')) context.print(`${shown.join(context.value('separator') ?? ' ')}\n`);
    return 0;
  },
);
