import type { Program } from '../../../kernel/sys.js';
import { od as shared } from '../../../shell/coreutils/od.js';
import { applet } from '../applet.js';

const USAGE = `od [-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...

Print FILEs (or stdin) unambiguously, as octal bytes by default`;

/** `od` of busybox. */
export const od: Program = applet(
  {
    name: 'od',
    usage: USAGE,
    options: [
      'a',
      'b',
      'c',
      'd',
      'o',
      'x',
      'A address-radix=R',
      'j skip-bytes=N',
      'N read-bytes=N',
      't format=T',
      'v output-duplicates',
    ],
  },
  shared,
);
