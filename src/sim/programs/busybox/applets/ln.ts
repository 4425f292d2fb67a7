import type { Program } from '../../../kernel/sys.js';
import { ln as shared } from '../../../shell/coreutils/ln.js';
import { applet } from '../applet.js';

const USAGE = `ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR

Create a link LINK or DIR/TARGET to the specified TARGET(s)

	-s	Make symlinks instead of hardlinks
	-f	Remove existing destinations
	-n	Don't dereference symlinks - treat like normal file
	-b	Make a backup of the target (if exists) before link operation
	-S SUF	Use suffix instead of ~ when making backup files
	-T	Treat LINK as a file, not DIR
	-v	Verbose`;

/** `ln` of busybox. */
export const ln: Program = applet(
  {
    name: 'ln',
    usage: USAGE,
    options: ['s symbolic', 'f force', 'n no-dereference', 'b', 'T no-target-directory', 'S suffix=S', 'v verbose'],
    says: [
      [/^failed to create (?:symbolic|hard) link '(.*?)'(?: => '.*')?: (.*)$/, '$1: $2'],
      [/^failed to access '(.*)': (.*)$/, '$1: $2'],
    ],
    operandsMin: 1,
  },
  shared,
);
