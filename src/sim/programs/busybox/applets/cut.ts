import type { Program } from '../../../kernel/sys.js';
import { cut as shared } from '../../../shell/coreutils/cut.js';
import { applet } from '../applet.js';

const USAGE = `cut [OPTIONS] [FILE]...

Print selected fields from FILEs to stdout

	-b LIST	Output only bytes from LIST
	-c LIST	Output only characters from LIST
	-d SEP	Field delimiter for input (default -f TAB, -F run of whitespace)
	-O SEP	Field delimiter for output (default = -d for -f, one space for -F)
	-D	Don't sort/collate sections or match -fF lines without delimiter
	-f LIST	Print only these fields (-d is single char)
	-F LIST	Print only these fields (-d is regex)
	-s	Output only lines containing delimiter
	-n	Ignored`;

/** `cut` of busybox. */
export const cut: Program = applet(
  {
    name: 'cut',
    usage: USAGE,
    options: [
      'b bytes=L',
      'c characters=L',
      'd delimiter=S',
      'f fields=L',
      's only-delimited',
      'n',
      'output-delimiter=S',
    ],
    says: [
      [/^you must specify.*$/, 'expected a list of bytes, characters, or fields'],
      [/^only one (?:type of )?list may be specified$/, 'only one type of list may be specified'],
      [/^the delimiter must be.*$/, 'the delimiter must be a single character'],
      [/^invalid .*(?:value|range).*$/, 'invalid range'],
    ],
    long: ['output-delimiter'],
  },
  shared,
);
