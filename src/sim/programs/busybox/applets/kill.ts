import { isErrno } from '../../../kernel/errno.js';
import type { Signal } from '../../../kernel/signals.js';
import { SIGNALS, signalByName, signalByNumber } from '../../../kernel/signals.js';
import type { Program } from '../../../kernel/sys.js';
import { numberedSignals } from '../../../shell/dialect/signal-list.js';
import { applet } from '../applet.js';

const USAGE = `kill [-l] [-SIG] PID...

Send a signal (default: TERM) to given PIDs

	-l	List all signal names and numbers`;

/** What a signal's name or number stands for. */
export function signalOf(text: string): Signal | 0 | undefined {
  if (text === '0') return 0;
  return /^\d+$/.test(text) ? signalByNumber(Number(text)) : signalByName(text);
}

/** `kill` of busybox. */
export const kill: Program = applet(
  { name: 'kill', usage: USAGE, bare: true },
  {
    run(context) {
      let words = context.operands;
      let signal: Signal | 0 = 'TERM';
      const [first] = words;
      if (first === '-l') {
        for (const word of words.slice(1)) {
          const found = signalOf(word);
          if (!found) return context.die(`unknown signal '${word}'`);
          context.print(`${/^\d/.test(word) ? found : SIGNALS[found]}\n`);
        }
        if (words.length === 1) context.print(numberedSignals());
        return 0;
      }
      if (first?.startsWith('-') && first !== '--') {
        const name = first === '-s' || first === '-n' ? words[1] : first.slice(1);
        const found = signalOf(name ?? '');
        if (found === undefined) return context.die(`bad signal name '${name ?? ''}'`);
        signal = found;
        words = words.slice(name === words[1] ? 2 : 1);
      }
      if (words[0] === '--') words = words.slice(1);
      if (words.length === 0) return context.die('you need to specify whom to kill');
      for (const word of words) {
        if (!/^-?\d+$/.test(word)) {
          context.fail(`invalid number '${word}'`);
          continue;
        }
        try {
          context.sys.kill(Number(word), signal);
        } catch (thrown) {
          if (!isErrno(thrown)) throw thrown;
          context.fail(`can't kill pid ${word}: ${thrown.message}`);
        }
      }
      return undefined;
    },
  },
);
