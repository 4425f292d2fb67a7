import type { Program } from '../../../kernel/sys.js';
import { chown as shared } from '../../../shell/coreutils/chown.js';
import { ownerApplet } from '../owner-applet.js';

const USAGE = `chown [-RhLHPcvf]... USER[:[GRP]] FILE...

Change the owner and/or group of FILEs to USER and/or GRP`;

/** `chown` of busybox. */
export const chown: Program = ownerApplet(
  {
    name: 'chown',
    usage: USAGE,
    says: [
      [/^invalid user: '([^:]*).*'$/, 'unknown user $1'],
      [/^invalid group: '(.*)'$/, 'unknown user/group $1'],
    ],
  },
  shared,
);
