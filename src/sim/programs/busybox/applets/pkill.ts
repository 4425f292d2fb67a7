import type { Program } from '../../../kernel/sys.js';
import { pkill as shared } from '../../../shell/coreutils/pgrep.js';
import { numberedSignals } from '../../../shell/dialect/signal-list.js';
import { applet } from '../applet.js';
import { signalOf } from './kill.js';
import { choosing } from './pgrep.js';

const USAGE = `pkill [-l|-SIGNAL] [-xfvnoe] [-s SID|-P PPID|PATTERN]

Send signal to processes selected by regex PATTERN

	-l	List all signals
	-x	Match whole name (not substring)
	-f	Match against entire command line
	-s SID	Match session ID (0 for current)
	-P PPID	Match parent process ID
	-v	Negate the match
	-n	Signal the newest process only
	-o	Signal the oldest process only
	-e	Display name and PID of the process being killed`;

const chosen = choosing(shared);

/** `pkill` of busybox. */
export const pkill: Program = applet(
  {
    name: 'pkill',
    usage: USAGE,
    options: [
      'e echo',
      'f full',
      'l list',
      'n newest',
      'o oldest',
      'P parent=PPID',
      's session=SID',
      'v inverse',
      'x exact',
    ],
    legacy: (word, index) => {
      const signal = index === 0 && word !== '-l' ? signalOf(word.slice(1)) : undefined;
      return signal === undefined ? undefined : { key: 'signal', value: String(signal), as: word };
    },
  },
  {
    run(context) {
      if (!context.has('list')) return chosen.run(context);
      context.print(numberedSignals());
      return 0;
    },
  },
);
