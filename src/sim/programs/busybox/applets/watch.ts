import type { Program } from '../../../kernel/sys.js';
import { watch as shared } from '../../../shell/coreutils/watch.js';
import { applet } from '../applet.js';

const USAGE = `watch [-n SEC] [-t] PROG ARGS

Run PROG periodically

	-n SEC	Period (default 2)
	-t	Don't print header`;

/** `watch` of busybox. */
export const watch: Program = applet(
  {
    name: 'watch',
    usage: USAGE,
    options: ['n interval=S', 't no-title'],
    inOrder: true,
    operandsMin: 1,
  },
  shared,
);
