import type { Program } from '../../../kernel/sys.js';
import { clear as shared } from '../../../shell/coreutils/clear.js';
import { applet } from '../applet.js';

const USAGE = `clear

Clear screen`;

/** `clear` of busybox. */
export const clear: Program = applet(
  {
    name: 'clear',
    usage: USAGE,
  },
  shared,
);
