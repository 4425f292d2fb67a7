import type { Program } from '../../../kernel/sys.js';
import { chroot as shared } from '../../../shell/coreutils/chroot.js';
import { applet } from '../applet.js';

const USAGE = `chroot NEWROOT [PROG ARGS]

Run PROG with root directory set to NEWROOT`;

/** `chroot` of busybox. */
export const chroot: Program = applet(
  {
    name: 'chroot',
    usage: USAGE,
    says: [
      [/^cannot change root directory to (.*)$/, "can't change root directory to $1"],
      [/^failed to run command '(.*)': (.*)$/, "can't execute '$1': $2"],
    ],
    usageStatus: 1,
    inOrder: true,
    operandsMin: 1,
  },
  shared,
);
