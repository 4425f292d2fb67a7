import type { Program } from '../../../kernel/sys.js';
import { tac as shared } from '../../../shell/coreutils/tac.js';
import { applet } from '../applet.js';

const USAGE = `tac [FILE]...

Concatenate FILEs and print them in reverse`;

/** `tac` of busybox. */
export const tac: Program = applet(
  {
    name: 'tac',
    usage: USAGE,
  },
  shared,
);
