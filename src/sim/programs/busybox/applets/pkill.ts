import type { Program } from '../../../kernel/sys.js';
import { pkill as shared } from '../../../shell/coreutils/pgrep.js';
import { applet } from '../applet.js';

const USAGE = `pkill`;

/** `pkill` of busybox. */
export const pkill: Program = applet(
  {
    name: 'pkill',
    usage: USAGE,
    options: ['f full', 'n newest', 'o oldest', 'v inverse', 'x exact'],
  },
  shared,
);
