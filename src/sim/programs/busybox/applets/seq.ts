import type { Program } from '../../../kernel/sys.js';
import { seq as shared } from '../../../shell/coreutils/seq.js';
import { applet } from '../applet.js';

const USAGE = `seq [-w] [-s SEP] [FIRST [INC]] LAST

Print numbers from FIRST to LAST, in steps of INC.
FIRST, INC default to 1.

	-w	Pad to last with leading zeros
	-s SEP	String separator`;

/** `seq` of busybox. */
export const seq: Program = applet(
  {
    name: 'seq',
    usage: USAGE,
    options: ['w equal-width', 's separator=S'],
    inOrder: true,
    legacy: (word) => (/^-[\d.]/.test(word) ? { key: 'operand', value: word, as: '' } : undefined),
  },
  shared,
);
