import type { Program } from '../../../kernel/sys.js';
import { chown as shared } from '../../../shell/coreutils/chown.js';
import { applet } from '../applet.js';

const USAGE = `chown [-RhLHPcvf]... USER[:[GRP]] FILE...

Change the owner and/or group of FILEs to USER and/or GRP

	-h	Affect symlinks instead of symlink targets
	-L	Traverse all symlinks to directories
	-H	Traverse symlinks on command line only
	-P	Don't traverse symlinks (default)
	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`;

/** `chown` of busybox. */
export const chown: Program = applet(
  {
    name: 'chown',
    usage: USAGE,
    options: ['R recursive', 'h no-dereference', 'L', 'H', 'P', 'c changes', 'v verbose', 'f silent'],
    says: [
      [/^invalid user: '([^:]*).*'$/, 'unknown user $1'],
      [/^invalid group: '(.*)'$/, 'unknown user/group $1'],
      [/^cannot access '(.*)': (.*)$/, '$1: $2'],
      [/^changing ownership of '(.*)': (.*)$/, '$1: $2'],
    ],
    operandsMin: 2,
  },
  shared,
);
