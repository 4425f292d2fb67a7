import type { Program } from '../../../kernel/sys.js';
import { du as shared } from '../../../shell/coreutils/du.js';
import { applet } from '../applet.js';

const USAGE = `du [-aHLdclsxhmk] [FILE]...

Summarize disk space used for FILEs (or directories)

	-a	Show file sizes too
	-b	Apparent size (including holes)
	-L	Follow all symlinks
	-H	Follow symlinks on command line
	-d N	Limit output to directories (and files with -a) of depth < N
	-c	Show grand total
	-l	Count sizes many times if hard linked
	-s	Display only a total for each argument
	-x	Skip directories on different filesystems
	-h	Sizes in human readable format (e.g., 1K 243M 2G)
	-m	Sizes in megabytes
	-k	Sizes in kilobytes (default)`;

/** `du` of busybox. */
export const du: Program = applet(
  {
    name: 'du',
    usage: USAGE,
    options: [
      'a all',
      'L dereference',
      'H',
      'd max-depth=N',
      'c total',
      's summarize',
      'l',
      'x',
      'h human-readable',
      'm',
      'k',
    ],
    says: [[/^cannot access '(.*)': (.*)$/, '$1: $2']],
  },
  shared,
);
