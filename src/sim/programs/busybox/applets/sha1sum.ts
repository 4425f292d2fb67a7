import type { Program } from '../../../kernel/sys.js';
import { sha1sum as shared } from '../../../shell/coreutils/checksums.js';
import { applet } from '../applet.js';

const USAGE = `sha1sum [-c[sw]] [FILE]...

Print or check SHA1 checksums

	-c	Check sums against list in FILEs
	-s	Don't output anything, status code shows success
	-w	Warn about improperly formatted checksum lines`;

/** `sha1sum` of busybox. */
export const sha1sum: Program = applet(
  {
    name: 'sha1sum',
    usage: USAGE,
    options: ['c check', 's status', 'w warn'],
    says: [
      [/^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/, "can't open '$1': $2"],
    ],
  },
  shared,
);
