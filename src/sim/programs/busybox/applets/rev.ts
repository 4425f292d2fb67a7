import type { Program } from '../../../kernel/sys.js';
import { rev as shared } from '../../../shell/coreutils/rev.js';
import { applet } from '../applet.js';

const USAGE = `rev [FILE]...

Reverse lines of FILE`;

/** `rev` of busybox. */
export const rev: Program = applet(
  {
    name: 'rev',
    usage: USAGE,
    says: [
      [/^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/, "can't open '$1': $2"],
    ],
  },
  shared,
);
