import type { Program } from '../../kernel/sys.js';
import { applet } from './applet.js';

/** One of busybox's programs for checksums: they differ in their name and in what they call their sums. */
export function checksumApplet(name: string, sums: string, shared: Program): Program {
  const usage = `${name} [-c[sw]] [FILE]...

Print or check ${sums} checksums

	-c	Check sums against list in FILEs
	-s	Don't output anything, status code shows success
	-w	Warn about improperly formatted checksum lines`;
  return applet(
    {
      name,
      usage,
      options: ['c check', 's status', 'w warn'],
      says: [
        [
          /^(.*?): (No such file or directory|Permission denied|Is a directory|Not a directory)$/,
          "can't open '$1': $2",
        ],
      ],
    },
    shared,
  );
}
