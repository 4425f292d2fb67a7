import type { Program } from '../../../kernel/sys.js';
import type { Context } from '../../../shell/coreutils/command.js';
import { UsageError } from '../../../shell/coreutils/options.js';
import { look } from '../../../shell/coreutils/paths.js';
import { bytesToText } from '../../../shell/format/byte-text.js';
import { applet } from '../applet.js';

const USAGE = `umount [-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY

Unmount filesystems

	-a	Unmount all filesystems
	-r	Remount devices read-only if mount is busy
	-l	Lazy umount (detach filesystem)
	-f	Force umount (i.e., unreachable NFS server)
	-d	Free loop device if it has been used
	-t FSTYPE[,...]	Unmount only these filesystem type(s)`;

/** Everything that is mounted, the youngest first. */
function mounted(context: Context): string[] {
  const lines = bytesToText(context.sys.readFile('/proc/mounts')).split('\n');
  return lines.flatMap((line) => line.split(' ')[1] ?? []).toReversed();
}

/** `umount` of busybox as far as a container may: it is refused. */
export const umount: Program = applet(
  { name: 'umount', usage: USAGE, options: ['a', 'd', 'D', 'f', 'l', 'n', 'r', 't=TYPE', 'O=OPTIONS'] },
  {
    run(context) {
      if (context.operands.length === 0 && !context.has('a')) throw new UsageError('');
      for (const path of context.has('a') ? mounted(context) : context.operands) {
        const why = look(context.sys, path) ? 'Operation not permitted' : 'No such file or directory';
        context.fail(`can't unmount ${path}: ${why}`);
      }
      return undefined;
    },
  },
);
