import type { Program } from '../../../kernel/sys.js';
import { md5sum as shared } from '../../../shell/coreutils/checksums.js';
import { applet } from '../applet.js';

const USAGE = `md5sum [-c[sw]] [FILE]...

Print or check MD5 checksums

	-c	Check sums against list in FILEs
	-s	Don't output anything, status code shows success
	-w	Warn about improperly formatted checksum lines`;

/** `md5sum` of busybox. */
export const md5sum: Program = applet(
  {
    name: 'md5sum',
    usage: USAGE,
    options: ['c check', 's status', 'w warn'],
    says: [
      [/^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/, "can't open '$1': $2"],
    ],
  },
  shared,
);
