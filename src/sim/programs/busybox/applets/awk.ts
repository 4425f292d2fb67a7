import type { Program } from '../../../kernel/sys.js';
import { awk as shared } from '../../../shell/coreutils/awk/awk.js';
import { applet } from '../applet.js';

const USAGE = `awk [OPTIONS] [AWK_PROGRAM] [FILE]...

	-v VAR=VAL	Set variable
	-F SEP		Use SEP as field separator
	-f FILE		Read program from FILE
	-e AWK_PROGRAM`;

/** `awk` of busybox. */
export const awk: Program = applet(
  {
    name: 'awk',
    usage: USAGE,
    operandsMin: 1,
    inOrder: true,
    legacy: (word) => (word === '--help' ? undefined : { key: 'word', value: word, as: '' }),
    failure: 1,
    says: [
      [/^(?:cannot open|can't open file) "?(.*?)"? \((.*)\)$/, '$1: $2'],
      [/^line \d+: .*division by zero.*$/s, 'cmd. line:1: Division by zero'],
      [/^line (\d+): .*$/s, 'cmd. line:1: Unexpected token'],
    ],
  },
  shared,
);
