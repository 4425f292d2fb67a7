import type { Program } from '../../../kernel/sys.js';
import { head as shared } from '../../../shell/coreutils/head.js';
import { applet } from '../applet.js';

const USAGE = `head [OPTIONS] [FILE]...

Print first 10 lines of FILEs (or stdin).
With more than one FILE, precede each with a filename header.

	-n N[bkm]	Print first N lines
	-n -N[bkm]	Print all except N last lines
	-c [-]N[bkm]	Print first N bytes
			(b:*512 k:*1024 m:*1024^2)
	-q		Never print headers
	-v		Always print headers`;

/** `head` of busybox. */
export const head: Program = applet(
  {
    name: 'head',
    usage: USAGE,
    options: ['n lines=N', 'c bytes=N', 'q quiet', 'v verbose'],
    says: [
      [/^cannot open '(.*)' for reading: (.*)$/, '$1: $2'],
      [/^invalid number of (?:lines|bytes): '(.*)'$/, "invalid number '$1'"],
      [/^error reading '(.*)': (.*)$/, 'read error: $2'],
    ],
    legacy: (word, index) =>
      index === 0 && /^-\d+$/.test(word) ? { key: 'lines', value: word.slice(1), as: '-n' } : undefined,
  },
  shared,
);
