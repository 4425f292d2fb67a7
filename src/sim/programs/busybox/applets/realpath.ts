import type { Program } from '../../../kernel/sys.js';
import { realpath as shared } from '../../../shell/coreutils/realpath.js';
import { applet } from '../applet.js';

const USAGE = `realpath FILE...

Print absolute pathnames of FILEs`;

/** `realpath` of busybox. */
export const realpath: Program = applet(
  {
    name: 'realpath',
    usage: USAGE,
    operandsMin: 1,
  },
  shared,
);
