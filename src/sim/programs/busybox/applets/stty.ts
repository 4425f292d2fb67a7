import type { Program } from '../../../kernel/sys.js';
import { stty as shared } from '../../../shell/coreutils/stty.js';
import { applet } from '../applet.js';

const USAGE = `stty [-a|g] [-F DEVICE] [SETTING]...

Without arguments, prints baud rate, line discipline,
and deviations from stty sane

	-F DEVICE	Open device instead of stdin
	-a		Print all current settings in human-readable form
	-g		Print in stty-readable form
	[SETTING]	See manpage`;

/** `stty` of busybox. */
export const stty: Program = applet(
  {
    name: 'stty',
    usage: USAGE,
    options: ['a all', 'g save', 'F=DEVICE'],
  },
  shared,
);
