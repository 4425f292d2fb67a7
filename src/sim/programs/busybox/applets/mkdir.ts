import type { Program } from '../../../kernel/sys.js';
import { mkdir as shared } from '../../../shell/coreutils/mkdir.js';
import { applet } from '../applet.js';

const USAGE = `mkdir [-m MODE] [-p] DIRECTORY...

Create DIRECTORY

	-m MODE	Mode
	-p	No error if exists; make parent directories as needed`;

/** `mkdir` of busybox. */
export const mkdir: Program = applet(
  {
    name: 'mkdir',
    usage: USAGE,
    options: ['m mode=M', 'p parents', 'v verbose'],
    says: [
      [/^cannot create directory '(.*)': (.*)$/, "can't create directory '$1': $2"],
      [/^invalid mode '(.*)'$/, "invalid mode '$1'"],
    ],
    operandsMin: 1,
    long: ['mode', 'parents', 'verbose'],
  },
  shared,
);
