import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';

/** `tty`: the terminal's name. */
export const tty: Program = command(
  {
    name: 'tty',
    usage: '[OPTION]...',
    summary: 'Print the file name of the terminal connected to standard input.',
    misuse: 2,
    options: ['s silent quiet : only the status'],
  },
  (context) => {
    const terminal = context.sys.terminal(0);
    if (!context.has('silent')) context.print(terminal ? `/dev/pts/${terminal.number}\n` : 'not a tty\n');
    return terminal ? 0 : 1;
  },
);
