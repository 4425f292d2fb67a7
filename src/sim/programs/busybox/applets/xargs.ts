import type { Program } from '../../../kernel/sys.js';
import { xargs as shared } from '../../../shell/coreutils/xargs.js';
import { applet } from '../applet.js';

const USAGE = `xargs [OPTIONS] [PROG ARGS]

Run PROG on every item given by stdin

	-0	NUL terminated input
	-a FILE	Read from FILE instead of stdin
	-r	Don't run command if input is empty
	-t	Print the command on stderr before execution
	-p	Ask user whether to run each command
	-E STR,-e[STR]	STR stops input processing
	-I STR	Replace STR within PROG ARGS with input line
	-n N	Pass no more than N args to PROG
	-s N	Pass command line of no more than N bytes
	-P N	Run up to N PROGs in parallel
	-x	Exit if size is exceeded`;

/** `xargs` of busybox. */
export const xargs: Program = applet(
  {
    name: 'xargs',
    usage: USAGE,
    options: [
      '0 null',
      'r no-run-if-empty',
      't verbose',
      'p interactive',
      'n max-args=N',
      's max-chars=N',
      'P max-procs=N',
      'I=R',
      'e eof?E',
      'E=E',
      'x exit',
      'a arg-file=F',
      'o',
    ],
    says: [[/^(.*): (No such file.*|Permission denied)$/, '$1: $2']],
    inOrder: true,
  },
  shared,
);
