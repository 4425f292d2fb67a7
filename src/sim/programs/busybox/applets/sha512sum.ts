import type { Program } from '../../../kernel/sys.js';
import { sha512sum as shared } from '../../../shell/coreutils/checksums.js';
import { applet } from '../applet.js';

const USAGE = `sha512sum [-c[sw]] [FILE]...

Print or check SHA512 checksums

	-c	Check sums against list in FILEs
	-s	Don't output anything, status code shows success
	-w	Warn about improperly formatted checksum lines`;

/** `sha512sum` of busybox. */
export const sha512sum: Program = applet(
  {
    name: 'sha512sum',
    usage: USAGE,
    options: ['c check', 's status', 'w warn'],
    says: [
      [/^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/, "can't open '$1': $2"],
    ],
  },
  shared,
);
