import type { Program } from '../../../kernel/sys.js';
import { cp as shared } from '../../../shell/coreutils/cp.js';
import { applet } from '../applet.js';

const USAGE = `cp [-arPLHpfinlsTu] SOURCE DEST
or: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }

Copy SOURCEs to DEST

	-a	Same as -dpR
	-R,-r	Recurse
	-d,-P	Preserve symlinks (default if -R)
	-L	Follow all symlinks
	-H	Follow symlinks on command line
	-p	Preserve file attributes if possible
	-f	Overwrite
	-i	Prompt before overwrite
	-n	Don't overwrite
	-l,-s	Create (sym)links
	-T	Refuse to copy if DEST is a directory
	-t DIR	Copy all SOURCEs into DIR
	-u	Copy only newer files`;

/** `cp` of busybox. */
export const cp: Program = applet(
  {
    name: 'cp',
    usage: USAGE,
    options: [
      'a archive',
      'r R recursive',
      'd',
      'P no-dereference',
      'L dereference',
      'H',
      'p',
      'f force',
      'i interactive',
      'n no-clobber',
      'l link',
      's symbolic-link',
      'T no-target-directory',
      't target-directory=DIR',
      'u update',
      'v verbose',
    ],
    says: [
      [/^-r not specified; omitting directory '(.*)'$/, "omitting directory '$1'"],
      [/^cannot stat '(.*)': (.*)$/, "can't stat '$1': $2"],
      [/^cannot create (?:regular file|directory) '(.*)': (.*)$/, "can't create '$1': $2"],
      [/^cannot open '(.*)' for reading: (.*)$/, "can't open '$1': $2"],
      [/^target '(.*)'.*$/, "target '$1' is not a directory"],
      [/^cannot overwrite non-directory '(.*)' with directory '(.*)'$/, "target '$1' is not a directory"],
      [/^cannot overwrite directory '(.*)' with non-directory$/, "cannot overwrite directory '$1' with non-directory"],
    ],
    operandsMin: 2,
  },
  shared,
);
