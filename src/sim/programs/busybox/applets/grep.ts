import type { Program } from '../../../kernel/sys.js';
import { grep as shared } from '../../../shell/coreutils/grep/grep.js';
import { applet } from '../applet.js';

const USAGE = `grep [-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...

Search for PATTERN in FILEs (or stdin)

	-H	Add 'filename:' prefix
	-h	Do not add 'filename:' prefix
	-n	Add 'line_no:' prefix
	-l	Show only names of files that match
	-L	Show only names of files that don't match
	-c	Show only count of matching lines
	-o	Show only the matching part of line
	-q	Quiet. Return 0 if PATTERN is found, 1 otherwise
	-v	Select non-matching lines
	-s	Suppress open and read errors
	-r	Recurse
	-R	Recurse and dereference symlinks
	-i	Ignore case
	-w	Match whole words only
	-x	Match whole lines only
	-F	PATTERN is a literal (not regexp)
	-E	PATTERN is an extended regexp
	-z	NUL terminated input
	-m N	Match up to N times per file
	-A N	Print N lines of trailing context
	-B N	Print N lines of leading context
	-C N	Same as '-A N -B N'
	-e PTRN	Pattern to match
	-f FILE	Read pattern from file`;

/** What grep, egrep and fgrep of busybox have in common. */
export const GREP = {
  options: [
    'H with-filename',
    'h no-filename',
    'n line-number',
    'l files-with-matches',
    'L files-without-match',
    'c count',
    'o only-matching',
    'q quiet',
    'v invert-match',
    's no-messages',
    'r recursive',
    'R dereference-recursive',
    'i ignore-case',
    'w word-regexp',
    'x line-regexp',
    'F fixed-strings',
    'E extended-regexp',
    'a text',
    'm max-count=N',
    'A after-context=N',
    'B before-context=N',
    'C context=N',
    'e regexp=P',
    'f file=F',
  ],
  failure: 2,
  legacy: (word: string) => (/^--colou?r(?:=|$)/.test(word) ? { key: 'ignored', value: word, as: '' } : undefined),
} as const;

/** `grep` of busybox. */
export const grep: Program = applet({ name: 'grep', usage: USAGE, ...GREP }, shared);
