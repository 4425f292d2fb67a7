import type { Program } from '../../../kernel/sys.js';
import { mv as shared } from '../../../shell/coreutils/mv.js';
import { applet } from '../applet.js';

const USAGE = `mv [-finT] SOURCE DEST
or: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }

Rename SOURCE to DEST, or move SOURCEs to DIRECTORY

	-f	Don't prompt before overwriting
	-i	Interactive, prompt before overwrite
	-n	Don't overwrite an existing file
	-T	Refuse to move if DEST is a directory
	-t DIR	Move all SOURCEs into DIR`;

/** `mv` of busybox. */
export const mv: Program = applet(
  {
    name: 'mv',
    usage: USAGE,
    options: [
      'f force',
      'i interactive',
      'n no-clobber',
      'T no-target-directory',
      't target-directory=DIR',
      'v verbose',
    ],
    says: [
      [/^cannot stat '(.*)': (.*)$/, "can't rename '$1': $2"],
      [/^cannot move '(.*)' to .*: (.*)$/, "can't rename '$1': $2"],
      [/^target '(.*)'.*$/, "target '$1' is not a directory"],
      [/^cannot overwrite.*$/, '$&'],
    ],
    operandsMin: 2,
  },
  shared,
);
