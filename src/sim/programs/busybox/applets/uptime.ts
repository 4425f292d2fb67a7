import type { Program } from '../../../kernel/sys.js';
import { uptime as shared } from '../../../shell/coreutils/uptime.js';
import { applet } from '../applet.js';

const USAGE = `uptime

Display the time since the last boot`;

/** `uptime` of busybox. */
export const uptime: Program = applet(
  {
    name: 'uptime',
    usage: USAGE,
  },
  shared,
);
