import type { Program } from '../../../kernel/sys.js';
import { mktemp as shared } from '../../../shell/coreutils/mktemp.js';
import { applet } from '../applet.js';

const USAGE = `mktemp [-dt] [-p DIR] [TEMPLATE]

Create a temporary file with name based on TEMPLATE and print its name.
TEMPLATE must end with XXXXXX (e.g. [/dir/]nameXXXXXX).
Without TEMPLATE, -t tmp.XXXXXX is assumed.

	-d	Make directory, not file
	-q	Fail silently on errors
	-t	Prepend base directory name to TEMPLATE
	-p DIR	Use DIR as a base directory (implies -t)
	-u	Do not create anything; print a name

Base directory is: -p DIR, else $TMPDIR, else /tmp`;

/** `mktemp` of busybox. */
export const mktemp: Program = applet(
  {
    name: 'mktemp',
    usage: USAGE,
    options: ['d directory', 'q quiet', 'u dry-run', 't', 'p tmpdir=DIR'],
  },
  shared,
);
