import type { Program } from '../../../kernel/sys.js';
import { id as shared } from '../../../shell/coreutils/id.js';
import { applet } from '../applet.js';

const USAGE = `id [-ugGnr] [USER]

Print information about USER or the current user

	-u	User ID
	-g	Group ID
	-G	Supplementary group IDs
	-n	Print names instead of numbers
	-r	Print real ID instead of effective ID`;

/** `id` of busybox. */
export const id: Program = applet(
  {
    name: 'id',
    usage: USAGE,
    options: ['u user', 'g group', 'G groups', 'n name', 'r real'],
    says: [[/^'(.*)': no such user$/, 'unknown user $1']],
  },
  shared,
);
