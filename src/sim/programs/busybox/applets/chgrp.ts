import type { Program } from '../../../kernel/sys.js';
import { chgrp as shared } from '../../../shell/coreutils/chown.js';
import { ownerApplet } from '../owner-applet.js';

const USAGE = `chgrp [-RhLHPcvf]... GROUP FILE...

Change the group membership of FILEs to GROUP`;

/** `chgrp` of busybox. */
export const chgrp: Program = ownerApplet(
  { name: 'chgrp', usage: USAGE, says: [[/^invalid group: '(.*)'$/, 'unknown group $1']] },
  shared,
);
