import type { Program } from '../../../kernel/sys.js';
import { nohup as shared } from '../../../shell/coreutils/nohup.js';
import { applet } from '../applet.js';

const USAGE = `nohup PROG [ARGS]

Run PROG immune to hangups, with output to a non-tty`;

/** `nohup` of busybox. */
export const nohup: Program = applet(
  {
    name: 'nohup',
    usage: USAGE,
    says: [
      [/^failed to run command '(.*)': (.*)$/, "can't execute '$1': $2"],
      [/^(?:ignoring input and )?appending output to '(.*)'$/, 'appending output to $1'],
      [/^ignoring input.*$/, ''],
    ],
    usageStatus: 127,
    inOrder: true,
    operandsMin: 1,
  },
  shared,
);
