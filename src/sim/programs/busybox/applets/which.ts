import type { Program } from '../../../kernel/sys.js';
import { which as shared } from '../../../shell/coreutils/which.js';
import { applet } from '../applet.js';

const USAGE = `which [-a] COMMAND...

Locate COMMAND

	-a	Show all matches`;

/** `which` of busybox. */
export const which: Program = applet(
  {
    name: 'which',
    usage: USAGE,
    options: ['a'],
    operandsMin: 1,
  },
  shared,
);
