import type { Program } from '../../../kernel/sys.js';
import { falseCommand as shared } from '../../../shell/coreutils/false.js';
import { applet } from '../applet.js';

const USAGE = `false`;

/** `false` of busybox. */
export const falseApplet: Program = applet(
  {
    name: 'false',
    usage: USAGE,
    bare: true,
  },
  shared,
);
