import type { Program } from '../../../kernel/sys.js';
import { diff as shared } from '../../../shell/coreutils/diff/diff.js';
import { applet } from '../applet.js';

const USAGE = `diff [-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2

Compare files line by line and output the differences between them.
This implementation supports unified diffs only.

	-a	Treat all files as text
	-b	Ignore changes in the amount of whitespace
	-B	Ignore changes whose lines are all blank
	-d	Try hard to find a smaller set of changes
	-i	Ignore case differences
	-L	Use LABEL instead of the filename in the unified header
	-N	Treat absent files as empty
	-q	Output only whether files differ
	-r	Recurse
	-S	Start with FILE when comparing directories
	-T	Make tabs line up by prefixing a tab when necessary
	-s	Report when two files are the same
	-t	Expand tabs to spaces in output
	-U	Output LINES lines of context
	-w	Ignore all whitespace`;

/** `diff` of busybox. */
export const diff: Program = applet(
  {
    name: 'diff',
    usage: USAGE,
    options: [
      'a text',
      'B ignore-blank-lines',
      'b ignore-space-change',
      'd minimal',
      'i ignore-case',
      'L label=L',
      'N new-file',
      'q brief',
      'r recursive',
      'S=F',
      's report-identical-files',
      'T',
      't',
      'U=N',
      'u',
      'w ignore-all-space',
    ],
    says: [[/^(.*): (No such file.*)$/, "can't stat '$1': $2"]],
    operandsMin: 2,
    failure: 2,
    usageStatus: 1,
  },
  shared,
);
