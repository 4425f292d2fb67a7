import type { Program } from '../../../kernel/sys.js';
import { cat as shared } from '../../../shell/coreutils/cat.js';
import { applet } from '../applet.js';

const USAGE = `cat [-nbvteA] [FILE]...

Print FILEs to stdout

	-n	Number output lines
	-b	Number nonempty lines
	-v	Show nonprinting characters as ^x or M-x
	-t	...and tabs as ^I
	-e	...and end lines with $
	-A	Same as -vte`;

/** `cat` of busybox. */
export const cat: Program = applet(
  {
    name: 'cat',
    usage: USAGE,
    options: ['n number', 'b number-nonblank', 'v show-nonprinting', 't', 'e', 'A show-all', 'u'],
    says: [
      [/^(.*): Is a directory$/, 'read error: Is a directory'],
      [/^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/, "can't open '$1': $2"],
    ],
  },
  shared,
);
