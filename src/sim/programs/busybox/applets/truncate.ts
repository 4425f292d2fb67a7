import type { Program } from '../../../kernel/sys.js';
import { truncate as shared } from '../../../shell/coreutils/truncate.js';
import { applet } from '../applet.js';

const USAGE = `truncate [-c] -s SIZE FILE...

Truncate FILEs to SIZE

	-c	Do not create files
	-s SIZE`;

/** `truncate` of busybox. */
export const truncate: Program = applet(
  {
    name: 'truncate',
    usage: USAGE,
    options: ['c no-create', 's size=N'],
    operandsMin: 1,
  },
  shared,
);
