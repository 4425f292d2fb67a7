import type { Program } from '../../../kernel/sys.js';
import { chgrp as shared } from '../../../shell/coreutils/chown.js';
import { applet } from '../applet.js';

const USAGE = `chgrp [-RhLHPcvf]... GROUP FILE...

Change the group membership of FILEs to GROUP

	-h	Affect symlinks instead of symlink targets
	-L	Traverse all symlinks to directories
	-H	Traverse symlinks on command line only
	-P	Don't traverse symlinks (default)
	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`;

/** `chgrp` of busybox. */
export const chgrp: Program = applet(
  {
    name: 'chgrp',
    usage: USAGE,
    options: ['R recursive', 'h no-dereference', 'L', 'H', 'P', 'c changes', 'v verbose', 'f silent'],
    says: [
      [/^invalid group: '(.*)'$/, 'unknown group $1'],
      [/^cannot access '(.*)': (.*)$/, '$1: $2'],
      [/^changing group of '(.*)': (.*)$/, '$1: $2'],
    ],
    operandsMin: 2,
  },
  shared,
);
