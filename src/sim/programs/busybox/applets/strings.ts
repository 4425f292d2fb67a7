import type { Program } from '../../../kernel/sys.js';
import { strings as shared } from '../../../shell/coreutils/strings.js';
import { applet } from '../applet.js';

const USAGE = `strings [-fo] [-t o|d|x] [-n LEN] [FILE]...

Display printable strings in a binary file

	-f		Precede strings with filenames
	-o		Precede strings with octal offsets
	-t o|d|x	Precede strings with offsets in base 8/10/16
	-n LEN		At least LEN characters form a string (default 4)`;

/** `strings` of busybox. */
export const strings: Program = applet(
  {
    name: 'strings',
    usage: USAGE,
    options: ['a all', 'f', 'o', 't radix=R', 'n bytes=N'],
  },
  shared,
);
