import type { Program } from '../../../kernel/sys.js';
import { pgrep as shared } from '../../../shell/coreutils/pgrep.js';
import { applet } from '../applet.js';

const USAGE = `pgrep`;

/** `pgrep` of busybox. */
export const pgrep: Program = applet(
  {
    name: 'pgrep',
    usage: USAGE,
    options: ['f full', 'l list-name', 'n newest', 'o oldest', 'v inverse', 'x exact'],
  },
  shared,
);
