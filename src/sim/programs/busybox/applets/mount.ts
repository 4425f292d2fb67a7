import type { Program } from '../../../kernel/sys.js';
import type { Context } from '../../../shell/coreutils/command.js';
import { Exit, reason } from '../../../shell/coreutils/command.js';
import { look } from '../../../shell/coreutils/paths.js';
import { bytesToText } from '../../../shell/format/byte-text.js';
import { applet } from '../applet.js';

const USAGE = `mount [OPTIONS] [-o OPT] DEVICE NODE

Mount a filesystem. Filesystem autodetection requires /proc.

	-a		Mount all filesystems in fstab
	-f		Dry run
	-i		Don't run mount helper
	-r		Read-only mount
	-t FSTYPE[,...]	Filesystem type(s)
	-T FILE		Read FILE instead of /etc/fstab
	-O OPT		Mount only filesystems with option OPT (-a only)
-o OPT:
	loop		Ignored (loop devices are autodetected)
	[a]sync		Writes are [a]synchronous
	[no]atime	Disable/enable updates to inode access times
	[no]diratime	Disable/enable atime updates to directories
	[no]relatime	Disable/enable atime updates relative to modification time
	[no]dev		(Dis)allow use of special device files
	[no]exec	(Dis)allow use of executable files
	[no]suid	(Dis)allow set-user-id-root programs
	[r]shared	Convert [recursively] to a shared subtree
	[r]slave	Convert [recursively] to a slave subtree
	[r]private	Convert [recursively] to a private subtree
	[un]bindable	Make mount point [un]able to be bind mounted
	[r]bind		Bind a file or directory [recursively] to another location
	move		Relocate an existing mount point
	remount		Remount a mounted filesystem, changing flags
	ro		Same as -r

There are filesystem-specific -o flags.`;

/** Lines of what is mounted, those of the wanted kinds; `noproc` means all but those of that kind. */
function* listed(context: Context): Generator<string, void> {
  const kinds = context.value('t')?.split(',');
  for (const line of bytesToText(context.sys.readFile('/proc/mounts')).split('\n')) {
    const [device, path, type = '', options] = line.split(' ');
    if (path === undefined) continue;
    const wanted =
      kinds === undefined || kinds.includes(type) || kinds.some((kind) => /^no/.test(kind) && kind !== `no${type}`);
    if (wanted) yield `${device} on ${path} type ${type} (${options})\n`;
  }
}

/** The entry of /etc/fstab that a device or a folder stands in; ends the program where there is none. */
function entryOf(context: Context, wanted: string): { source: string; target: string } {
  let text: string;
  try {
    text = bytesToText(context.sys.readFile('/etc/fstab'));
  } catch (thrown) {
    return context.die(`can't read '/etc/fstab': ${reason(thrown)}`);
  }
  for (const line of text.split('\n')) {
    const [source = '', target] = line.trim().split(/\s+/);
    if (!source.startsWith('#') && target !== undefined && (source === wanted || target === wanted))
      return { source, target };
  }
  return context.die(`can't find ${wanted} in /etc/fstab`);
}

/** What mount(2) refuses ends with the status -1. */
function failed(context: Context, message: string): never {
  context.warn(message);
  throw new Exit(255);
}

/** `mount` of busybox as far as a container may: it lists; mounting needs a right that no container has here. */
export const mount: Program = applet(
  { name: 'mount', usage: USAGE, options: ['a', 'f', 'i', 'n', 'r', 'w', 't=TYPE', 'o=OPTIONS', 'O=OPTIONS'] },
  {
    run(context) {
      const [source, target] = context.operands;
      if (source === undefined) {
        for (const line of listed(context)) context.print(line);
        return 0;
      }
      const pair = target === undefined ? entryOf(context, source) : { source, target };
      if (!look(context.sys, pair.target))
        return failed(context, `mounting ${pair.source} on ${pair.target} failed: No such file or directory`);
      return context.die('permission denied (are you root?)');
    },
  },
);
