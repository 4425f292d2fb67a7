import type { Program } from '../../../kernel/sys.js';
import { readlink as shared } from '../../../shell/coreutils/readlink.js';
import { applet } from '../applet.js';

const USAGE = `readlink [-fnv] FILE

Display the value of a symlink

	-f	Canonicalize by following all symlinks
	-n	Don't add newline
	-v	Verbose`;

/** `readlink` of busybox. */
export const readlink: Program = applet(
  {
    name: 'readlink',
    usage: USAGE,
    options: ['f canonicalize', 'n no-newline', 'v verbose'],
    operandsMin: 1,
  },
  shared,
);
