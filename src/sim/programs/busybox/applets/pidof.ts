import type { Program } from '../../../kernel/sys.js';
import { pidof as shared } from '../../../shell/coreutils/pidof.js';
import { applet } from '../applet.js';

const USAGE = `pidof [NAME]...

List PIDs of all processes with names that match NAMEs`;

/** `pidof` of busybox. */
export const pidof: Program = applet(
  {
    name: 'pidof',
    usage: USAGE,
    options: ['s', 'o=PID'],
  },
  shared,
);
