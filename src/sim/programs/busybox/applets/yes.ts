import type { Program } from '../../../kernel/sys.js';
import { yes as shared } from '../../../shell/coreutils/yes.js';
import { applet } from '../applet.js';

const USAGE = `yes [STRING]

Repeatedly print a line with STRING, or 'y'`;

/** `yes` of busybox. */
export const yes: Program = applet(
  {
    name: 'yes',
    usage: USAGE,
    bare: true,
  },
  shared,
);
