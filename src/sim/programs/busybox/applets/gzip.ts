import type { Program } from '../../../kernel/sys.js';
import { gzip as shared } from '../../../shell/coreutils/gzip.js';
import { applet } from '../applet.js';

const USAGE = `gzip [-cfkdt] [FILE]...

Compress FILEs (or stdin)

	-d	Decompress
	-c	Write to stdout
	-f	Force
	-k	Keep input files
	-t	Test integrity`;

/** `gzip` of busybox. */
export const gzip: Program = applet(
  {
    name: 'gzip',
    usage: USAGE,
    options: ['c stdout', 'd decompress', 'f force', 'k keep', 't test', '1 fast', '9 best'],
  },
  shared,
);
