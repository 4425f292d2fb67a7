import type { Program } from '../../../kernel/sys.js';
import { basename as shared } from '../../../shell/coreutils/basename.js';
import { applet } from '../applet.js';

const USAGE = `basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...

Strip directory path and SUFFIX from FILE

	-a		All arguments are FILEs
	-s SUFFIX	Remove SUFFIX (implies -a)`;

/** `basename` of busybox. */
export const basename: Program = applet(
  {
    name: 'basename',
    usage: USAGE,
    options: ['a multiple', 's suffix=S'],
    operandsMin: 1,
  },
  shared,
);
