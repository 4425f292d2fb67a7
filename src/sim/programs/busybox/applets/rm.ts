import type { Program } from '../../../kernel/sys.js';
import { rm as shared } from '../../../shell/coreutils/rm.js';
import { applet } from '../applet.js';

const USAGE = `rm [-irf] FILE...

Remove (unlink) FILEs

	-i	Always prompt before removing
	-f	Never prompt
	-R,-r	Recurse`;

/** `rm` of busybox. */
export const rm: Program = applet(
  {
    name: 'rm',
    usage: USAGE,
    options: ['i', 'f force', 'r R recursive'],
    says: [
      [/^cannot remove '(.*)': Is a directory$/, "'$1' is a directory"],
      [/^cannot remove '(.*)': (.*)$/, "can't remove '$1': $2"],
      [/^refusing to remove '\.' or.*$/, "can't remove '.' or '..'"],
    ],
  },
  shared,
);
