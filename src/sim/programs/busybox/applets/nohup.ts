import type { Program } from '../../../kernel/sys.js';
import { nohup as shared } from '../../../shell/coreutils/nohup.js';
import { applet } from '../applet.js';

const USAGE = `nohup`;

/** `nohup` of busybox. */
export const nohup: Program = applet(
  {
    name: 'nohup',
    usage: USAGE,
    says: [[/^failed to run command '(.*)': (.*)$/, "can't execute '$1': $2"]],
    inOrder: true,
    operandsMin: 1,
  },
  shared,
);
