import type { Program } from '../../../kernel/sys.js';
import { printenv as shared } from '../../../shell/coreutils/printenv.js';
import { applet } from '../applet.js';

const USAGE = `printenv [VARIABLE]...

Print environment VARIABLEs.
If no VARIABLE specified, print all.`;

/** `printenv` of busybox. */
export const printenv: Program = applet(
  {
    name: 'printenv',
    usage: USAGE,
  },
  shared,
);
