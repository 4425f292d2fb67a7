import type { Program } from '../../../kernel/sys.js';
import { chmod as shared } from '../../../shell/coreutils/chmod.js';
import { applet } from '../applet.js';

const USAGE = `chmod [-Rcvf] MODE[,MODE]... FILE...

MODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]

	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`;

/** `chmod` of busybox. */
export const chmod: Program = applet(
  {
    name: 'chmod',
    usage: USAGE,
    options: ['R recursive', 'c changes', 'v verbose', 'f silent'],
    says: [
      [/^invalid mode: '(.*)'$/, "invalid mode '$1'"],
      [/^cannot access '(.*)': (.*)$/, '$1: $2'],
      [/^changing permissions of '(.*)': (.*)$/, '$1: $2'],
    ],
    operandsMin: 2,
  },
  shared,
);
