import type { Program } from '../../../kernel/sys.js';
import { gunzip as shared } from '../../../shell/coreutils/gzip.js';
import { applet } from '../applet.js';

const USAGE = `gunzip [-cfkt] [FILE]...

Decompress FILEs (or stdin)

	-c	Write to stdout
	-f	Force
	-k	Keep input files
	-t	Test integrity`;

/** `gunzip` of busybox. */
export const gunzip: Program = applet(
  {
    name: 'gunzip',
    usage: USAGE,
    options: ['c stdout', 'f force', 'k keep', 't test'],
    says: [[/^(.*): (No such file.*)$/, '$1: $2']],
  },
  shared,
);
