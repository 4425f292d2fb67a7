import type { Program } from '../../../kernel/sys.js';
import { tty as shared } from '../../../shell/coreutils/tty.js';
import { applet } from '../applet.js';

const USAGE = `tty [-s]

Print file name of stdin's terminal

	-s	Print nothing, only return exit status`;

/** `tty` of busybox. */
export const tty: Program = applet(
  {
    name: 'tty',
    usage: USAGE,
    options: ['s silent'],
    usageStatus: 2,
  },
  shared,
);
