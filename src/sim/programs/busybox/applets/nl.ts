import type { Program } from '../../../kernel/sys.js';
import { nl as shared } from '../../../shell/coreutils/nl.js';
import { applet } from '../applet.js';

const USAGE = `nl [OPTIONS] [FILE]...

Write FILEs to standard output with line numbers added

	-b STYLE	Which lines to number - a: all, t: nonempty, n: none
	-i N		Line number increment
	-s STRING	Use STRING as line number separator
	-v N		Start from N
	-w N		Width of line numbers`;

/** `nl` of busybox. */
export const nl: Program = applet(
  {
    name: 'nl',
    usage: USAGE,
    options: ['b body-numbering=S', 'i=N', 's=S', 'v=N', 'w=N'],
    says: [
      [/^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/, "can't open '$1': $2"],
    ],
  },
  shared,
);
