import type { Program } from '../../kernel/sys.js';
import type { AppletSpec } from './applet.js';
import { applet } from './applet.js';

const OPTIONS = `

	-h	Affect symlinks instead of symlink targets
	-L	Traverse all symlinks to directories
	-H	Traverse symlinks on command line only
	-P	Don't traverse symlinks (default)
	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`;

/** chown or chgrp of busybox; `usage` is what stands above the options they share. */
export function ownerApplet(spec: Required<Pick<AppletSpec, 'name' | 'usage' | 'says'>>, shared: Program): Program {
  return applet(
    {
      name: spec.name,
      usage: spec.usage + OPTIONS,
      options: ['R recursive', 'h no-dereference', 'L', 'H', 'P', 'c changes', 'v verbose', 'f silent'],
      says: [
        ...spec.says,
        [/^cannot access '(.*)': (.*)$/, '$1: $2'],
        [/^changing (?:ownership|group) of '(.*)': (.*)$/, '$1: $2'],
      ],
      operandsMin: 2,
    },
    shared,
  );
}
