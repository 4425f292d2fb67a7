import type { Program } from '../../../kernel/sys.js';
import type { Run } from '../../../shell/coreutils/command.js';
import { innerPart } from '../../../shell/coreutils/command.js';
import { UsageError } from '../../../shell/coreutils/options.js';
import { pgrep as shared } from '../../../shell/coreutils/pgrep.js';
import { applet } from '../applet.js';

const USAGE = `pgrep [-flanovx] [-s SID|-P PPID|PATTERN]

Display process(es) selected by regex PATTERN

	-l	Show command name too
	-a	Show command line too
	-f	Match against entire command line
	-n	Show the newest process only
	-o	Show the oldest process only
	-v	Negate the match
	-x	Match whole name (not substring)
	-s	Match session ID (0 for current)
	-P	Match parent process ID`;

/** `pgrep` of busybox. */
export const pgrep: Program = applet(
  {
    name: 'pgrep',
    usage: USAGE,
    options: [
      'a list-full',
      'f full',
      'l list-name',
      'n newest',
      'o oldest',
      'P parent=PPID',
      's session=SID',
      'v inverse',
      'x exact',
    ],
  },
  choosing(shared),
);

/** The program of procps whose pattern may be missing only where session or parent choose. */
export function choosing(program: Program): { readonly run: Run } {
  const inner = innerPart(program);
  return {
    run(context) {
      const chosen = context.has('session') || context.has('parent') || context.has('list');
      if (context.operands.length !== 1 && !chosen) throw new UsageError('');
      return inner(context);
    },
  };
}
