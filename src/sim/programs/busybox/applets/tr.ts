import type { Program } from '../../../kernel/sys.js';
import { tr as shared } from '../../../shell/coreutils/tr.js';
import { applet } from '../applet.js';

const USAGE = `tr [-cds] STRING1 [STRING2]

Translate, squeeze, or delete characters from stdin, writing to stdout

	-c	Take complement of STRING1
	-d	Delete input characters coded STRING1
	-s	Squeeze multiple output characters of STRING2 into one character`;

/** `tr` of busybox. */
export const tr: Program = applet(
  {
    name: 'tr',
    usage: USAGE,
    options: ['c C complement', 'd delete', 's squeeze-repeats'],
    inOrder: true,
    operandsMin: 1,
  },
  shared,
);
