import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';

/** `clear`: an empty screen. */
export const clear: Program = command(
  {
    name: 'clear',
    usage: '[-V] [-T term] [-x]',
    summary: 'Clear the terminal screen.',
    bare: true,
    options: ['T=TERM : (ignored)', 'V : the version', 'x : keep what has scrolled away'],
  },
  (context) => {
    const term = context.sys.environment.get('TERM');
    if (!context.has('T') && (term === undefined || term === '')) {
      context.output.add(2, 'TERM environment variable not set.\n');
      return 1;
    }
    context.print(`\x1b[H\x1b[2J${context.has('x') ? '' : '\x1b[3J'}`);
    return 0;
  },
);

/** `reset`: a terminal in its first state. */
export const reset: Program = command(
  {
    name: 'reset',
    usage: '[options]',
    summary: 'Reset the terminal.',
    bare: true,
    options: ['q : (ignored)', 'I : (ignored)', 'Q : (ignored)'],
  },
  (context) => {
    const { sys } = context;
    if (sys.terminal(0)) {
      sys.setTerminalModes(0, {
        echo: true,
        canonical: true,
        signals: true,
        returnIsNewline: true,
        newlineIsReturn: true,
      });
    }
    context.print('\x1bc\x1b[!p\x1b[?3;4l\x1b[4l\x1b>\x1b[?69l');
    return 0;
  },
);
