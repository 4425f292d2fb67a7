import { isErrno } from '../../../kernel/errno.js';
import type { Program } from '../../../kernel/sys.js';
import { processesByNumber, processName } from '../../../shell/coreutils/process-list.js';
import { numberedSignals } from '../../../shell/dialect/signal-list.js';
import { applet } from '../applet.js';
import { signalOf } from './kill.js';

const USAGE = `killall [-lq] [-SIG] PROCESS_NAME...

Send a signal (default: TERM) to given processes

	-l	List all signal names and numbers
	-q	Don't complain if no processes were killed`;

/** `killall` of busybox. */
export const killall: Program = applet(
  { name: 'killall', usage: USAGE, bare: true },
  {
    run(context) {
      let words = context.operands.filter((word) => word !== '-q');
      const quiet = words.length < context.operands.length;
      if (words[0] === '-l') {
        context.print(numberedSignals());
        return 0;
      }
      const name = words[0]?.startsWith('-') ? words[0].slice(1) : 'TERM';
      if (words[0]?.startsWith('-')) words = words.slice(1);
      const signal = signalOf(name);
      if (signal === undefined) return context.die(`bad signal name '${name}'`);
      if (words.length === 0) return context.die('you need to specify whom to kill');
      for (const word of words) {
        const found = processesByNumber(context.sys).filter(
          (process) => processName(process) === word && process.pid !== context.sys.pid,
        );
        if (found.length === 0 && !quiet) context.fail(`${word}: no process killed`);
        for (const { pid } of found) {
          try {
            context.sys.kill(pid, signal);
          } catch (thrown) {
            if (!isErrno(thrown)) throw thrown;
            context.fail(`can't kill pid ${pid}: ${thrown.message}`);
          }
        }
      }
      return undefined;
    },
  },
);
