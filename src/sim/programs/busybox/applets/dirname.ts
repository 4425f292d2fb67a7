import type { Program } from '../../../kernel/sys.js';
import { dirname as shared } from '../../../shell/coreutils/dirname.js';
import { applet } from '../applet.js';

const USAGE = `dirname FILENAME

Strip non-directory suffix from FILENAME`;

/** `dirname` of busybox. */
export const dirname: Program = applet(
  {
    name: 'dirname',
    usage: USAGE,
    operandsMin: 1,
  },
  shared,
);
