import type { Program } from '../../../kernel/sys.js';
import { innerPart } from '../../../shell/coreutils/command.js';
import { look } from '../../../shell/coreutils/paths.js';
import { tail as shared } from '../../../shell/coreutils/tail.js';
import { applet } from '../applet.js';

const USAGE = `tail [OPTIONS] [FILE]...

Print last 10 lines of FILEs (or stdin) to.
With more than one FILE, precede each with a filename header.

	-c [+]N[bkm]	Print last N bytes
	-n N[bkm]	Print last N lines
	-n +N[bkm]	Start on Nth line and print the rest
			(b:*512 k:*1024 m:*1024^2)
	-q		Never print headers
	-v		Always print headers
	-f		Print data as file grows
	-F		Same as -f, but keep retrying
	-s SECONDS	Wait SECONDS between reads with -f`;

/** `tail` of busybox. */
export const tail: Program = applet(
  {
    name: 'tail',
    usage: USAGE,
    options: ['n lines=N', 'c bytes=N', 'f follow', 'F', 'q quiet', 's sleep-interval=N', 'v verbose'],
    says: [
      [/^cannot open '(.*)' for reading: (.*)$/, "can't open '$1': $2"],
      [/^invalid number of (?:lines|bytes): '(.*)'$/, "invalid number '$1'"],
    ],
    legacy: (word, index) =>
      index === 0 && /^-\d+$/.test(word) ? { key: 'lines', value: word.slice(1), as: '-n' } : undefined,
  },
  {
    *run(context) {
      const step = innerPart(shared)(context);
      const status = typeof step === 'object' ? yield* step : step;
      const seen = context.operands.some((path) => path === '-' || look(context.sys, path) !== undefined);
      if (context.operands.length > 0 && !seen) context.warn('no files');
      return status;
    },
  },
);
