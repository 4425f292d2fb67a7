import type { Program } from '../../../kernel/sys.js';
import { base64 as shared } from '../../../shell/coreutils/base64.js';
import { applet } from '../applet.js';

const USAGE = `base64 [-d] [-w COL] [FILE]

Base64 encode or decode FILE to standard output

	-d	Decode data
	-w COL	Wrap lines at COL (default 76, 0 disables)`;

/** `base64` of busybox. */
export const base64: Program = applet(
  {
    name: 'base64',
    usage: USAGE,
    options: ['d decode', 'i ignore-garbage', 'w wrap=N'],
  },
  shared,
);
