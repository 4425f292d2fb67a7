import type { Program } from '../../../kernel/sys.js';
import { uniq as shared } from '../../../shell/coreutils/uniq.js';
import { applet } from '../applet.js';

const USAGE = `uniq [-cduiz] [-f,s,w N] [FILE [OUTFILE]]

Discard duplicate lines

	-c	Prefix lines by the number of occurrences
	-d	Only print duplicate lines
	-u	Only print unique lines
	-i	Ignore case
	-z	NUL terminated output
	-f N	Skip first N fields
	-s N	Skip first N chars (after any skipped fields)
	-w N	Compare N characters in line`;

/** `uniq` of busybox. */
export const uniq: Program = applet(
  {
    name: 'uniq',
    usage: USAGE,
    options: [
      'c count',
      'd repeated',
      'u unique',
      'i ignore-case',
      'z zero-terminated',
      'f skip-fields=N',
      's skip-chars=N',
      'w check-chars=N',
    ],
    says: [
      [/^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/, "can't open '$1': $2"],
    ],
    operandsMax: 2,
  },
  shared,
);
