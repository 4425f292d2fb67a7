import type { Program } from '../../../kernel/sys.js';
import { look } from '../../../shell/coreutils/paths.js';
import { applet } from '../applet.js';

const USAGE = `umount [-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY

Unmount filesystems

	-a	Unmount all filesystems
	-r	Remount devices read-only if mount is busy
	-l	Lazy umount (detach filesystem)
	-f	Force umount (i.e., unreachable NFS server)
	-d	Free loop device if it has been used
	-t FSTYPE[,...]	Unmount only these filesystem type(s)`;

/** `umount` of busybox as far as a container may: it is refused. */
export const umount: Program = applet(
  { name: 'umount', usage: USAGE, options: ['a', 'd', 'D', 'f', 'l', 'n', 'r', 't=TYPE', 'O=OPTIONS'], operandsMin: 1 },
  {
    run(context) {
      for (const path of context.operands) {
        const why = look(context.sys, path) ? 'Operation not permitted' : 'No such file or directory';
        context.fail(`can't unmount ${path}: ${why}`);
      }
      return undefined;
    },
  },
);
