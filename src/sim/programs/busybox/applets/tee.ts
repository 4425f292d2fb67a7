import type { Program } from '../../../kernel/sys.js';
import { tee as shared } from '../../../shell/coreutils/tee.js';
import { applet } from '../applet.js';

const USAGE = `tee [-ai] [FILE]...

Copy stdin to each FILE, and also to stdout

	-a	Append to the given FILEs, don't overwrite
	-i	Ignore interrupt signals (SIGINT)`;

/** `tee` of busybox. */
export const tee: Program = applet(
  {
    name: 'tee',
    usage: USAGE,
    options: ['a append', 'i ignore-interrupts'],
  },
  shared,
);
