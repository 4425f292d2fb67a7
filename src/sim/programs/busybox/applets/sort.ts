import type { Program } from '../../../kernel/sys.js';
import { sort as shared } from '../../../shell/coreutils/sort.js';
import { applet } from '../applet.js';

const USAGE = `sort [-nrugMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...

Sort lines of text

	-o FILE	Output to FILE
	-c	Check whether input is sorted
	-b	Ignore leading blanks
	-f	Ignore case
	-i	Ignore unprintable characters
	-d	Dictionary order (blank or alphanumeric only)
	-n	Sort numbers
	-g	General numerical sort
	-M	Sort month
	-V	Sort version
	-t CHAR	Field separator
	-k N[,M] Sort by Nth field
	-r	Reverse sort order
	-s	Stable (don't sort ties alphabetically)
	-u	Suppress duplicate lines
	-z	NUL terminated input and output`;

/** `sort` of busybox. */
export const sort: Program = applet(
  {
    name: 'sort',
    usage: USAGE,
    options: [
      'b ignore-leading-blanks',
      'c check',
      'd dictionary-order',
      'f ignore-case',
      'g general-numeric-sort',
      'h human-numeric-sort',
      'i ignore-nonprinting',
      'k key=K',
      'M month-sort',
      'n numeric-sort',
      'o output=F',
      'r reverse',
      's stable',
      't field-separator=S',
      'T=D',
      'S=D',
      'u unique',
      'V version-sort',
      'z zero-terminated',
    ],
    says: [
      [/^cannot read: (.*): (.*)$/, '$1: $2'],
      [/^open failed: (.*): (.*)$/, '$1: $2'],
    ],
    failure: 2,
  },
  shared,
);
