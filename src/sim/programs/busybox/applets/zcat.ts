import type { Program } from '../../../kernel/sys.js';
import { zcat as shared } from '../../../shell/coreutils/gzip.js';
import { applet } from '../applet.js';

const USAGE = `zcat [FILE]...

Decompress to stdout`;

/** `zcat` of busybox. */
export const zcat: Program = applet(
  {
    name: 'zcat',
    usage: USAGE,
    options: ['c stdout', 'f force', 't test'],
  },
  shared,
);
