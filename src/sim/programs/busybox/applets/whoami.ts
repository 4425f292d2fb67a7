import type { Program } from '../../../kernel/sys.js';
import { whoami as shared } from '../../../shell/coreutils/whoami.js';
import { applet } from '../applet.js';

const USAGE = `whoami

Print the user name associated with the current effective user id`;

/** `whoami` of busybox. */
export const whoami: Program = applet(
  {
    name: 'whoami',
    usage: USAGE,
    operandsMax: 0,
  },
  shared,
);
