import type { Program } from '../../../kernel/sys.js';
import { fgrep as shared } from '../../../shell/coreutils/grep/grep.js';
import { applet } from '../applet.js';

const USAGE = `No help available`;

/** `fgrep` of busybox. */
export const fgrep: Program = applet(
  {
    name: 'fgrep',
    usage: USAGE,
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
    legacy: (word) => (/^--colou?r(?:=|$)/.test(word) ? { key: 'ignored', value: word, as: '' } : undefined),
  },
  shared,
);
