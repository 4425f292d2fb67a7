import type { Program } from '../../../kernel/sys.js';
import { rmdir as shared } from '../../../shell/coreutils/rmdir.js';
import { applet } from '../applet.js';

const USAGE = `rmdir [-p] DIRECTORY...

Remove DIRECTORY if it is empty

	-p	Include parents
	--ignore-fail-on-non-empty`;

/** `rmdir` of busybox. */
export const rmdir: Program = applet(
  {
    name: 'rmdir',
    usage: USAGE,
    options: ['p parents', 'ignore-fail-on-non-empty'],
    says: [[/^failed to remove (?:directory )?'(.*)': (.*)$/, "'$1': $2"]],
    long: ['ignore-fail-on-non-empty', 'parents'],
    operandsMin: 1,
  },
  shared,
);
