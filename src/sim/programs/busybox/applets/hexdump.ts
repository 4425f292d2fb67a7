import type { Program } from '../../../kernel/sys.js';
import { hexdump as shared } from '../../../shell/coreutils/hexdump.js';
import { applet } from '../applet.js';

const USAGE = `hexdump [-bcdoxCv] [-e FMT] [-f FMT_FILE] [-n LEN] [-s OFS] [FILE]...

Display FILEs (or stdin) in a user specified format

	-b		1-byte octal display
	-c		1-byte character display
	-d		2-byte decimal display
	-o		2-byte octal display
	-x		2-byte hex display
	-C		hex+ASCII 16 bytes per line
	-v		Show all (no dup folding)
	-e FORMAT_STR	Example: '16/1 "%02x|""\\n"'
	-f FORMAT_FILE
	-n LENGTH	Show only first LENGTH bytes
	-s OFFSET	Skip OFFSET bytes`;

/** `hexdump` of busybox. */
export const hexdump: Program = applet(
  {
    name: 'hexdump',
    usage: USAGE,
    options: ['b', 'c', 'C canonical', 'd', 'n length=N', 'o', 's skip=N', 'v', 'x'],
  },
  shared,
);
