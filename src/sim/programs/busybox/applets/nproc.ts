import type { Program } from '../../../kernel/sys.js';
import { nproc as shared } from '../../../shell/coreutils/nproc.js';
import { applet } from '../applet.js';

const USAGE = `nproc [--all] [--ignore=N]

Print number of available CPUs

	--all		Number of installed CPUs
	--ignore=N	Exclude N CPUs`;

/** `nproc` of busybox. */
export const nproc: Program = applet(
  {
    name: 'nproc',
    usage: USAGE,
    options: ['all', 'ignore=N'],
    long: ['all', 'ignore'],
  },
  shared,
);
