import type { Program } from '../../../kernel/sys.js';
import { touch as shared } from '../../../shell/coreutils/touch.js';
import { applet } from '../applet.js';

const USAGE = `touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...

Update mtime of FILEs

	-c	Don't create files
	-h	Don't follow links
	-a	Change only atime
	-m	Change only mtime
	-d DT	Date/time to use
	-t DT	Date/time to use
	-r FILE	Use FILE's date/time`;

/** `touch` of busybox. */
export const touch: Program = applet(
  {
    name: 'touch',
    usage: USAGE,
    options: ['c no-create', 'h no-dereference', 'a', 'm', 'd date=D', 't=D', 'r reference=F'],
    says: [
      [/^(?:cannot touch|setting times of) '(.*)': (.*)$/, '$1: $2'],
      [/^failed to get attributes of '(.*)': (.*)$/, '$1: $2'],
      [/^invalid date format '(.*)'$/, "invalid date '$1'"],
    ],
    operandsMin: 1,
    long: ['no-create', 'date', 'reference'],
  },
  shared,
);
