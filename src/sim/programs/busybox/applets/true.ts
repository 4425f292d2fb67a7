import type { Program } from '../../../kernel/sys.js';
import { trueCommand as shared } from '../../../shell/coreutils/true.js';
import { applet } from '../applet.js';

const USAGE = `true`;

/** `true` of busybox. */
export const trueApplet: Program = applet(
  {
    name: 'true',
    usage: USAGE,
    bare: true,
  },
  shared,
);
