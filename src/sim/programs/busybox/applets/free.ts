import type { Program } from '../../../kernel/sys.js';
import { free as shared } from '../../../shell/coreutils/free.js';
import { applet } from '../applet.js';

const USAGE = `free [-bkmgh]

Display free and used memory`;

/** `free` of busybox. */
export const free: Program = applet(
  {
    name: 'free',
    usage: USAGE,
    options: ['b bytes', 'k kibi', 'm mebi', 'g gibi', 'h human', 't total'],
  },
  shared,
);
