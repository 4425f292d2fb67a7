import type { MountedTree } from '../../../kernel/files.js';
import type { Program } from '../../../kernel/sys.js';
import type { Context } from '../../../shell/coreutils/command.js';
import { humanSize } from '../../../shell/coreutils/numbers.js';
import { look } from '../../../shell/coreutils/paths.js';
import { resolvePath } from '../../../shell/coreutils/resolve-path.js';
import { applet } from '../applet.js';

const USAGE = `df [-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...

Print filesystem usage statistics

	-P	POSIX output format
	-k	1024-byte blocks (default)
	-m	1M-byte blocks
	-h	Human readable (e.g. 1K 243M 2G)
	-T	Print filesystem type
	-t TYPE	Print only mounts of this type
	-a	Show all filesystems
	-i	Inodes
	-B SIZE	Blocksize`;
const NOT_REAL = new Set(['proc', 'sysfs', 'devpts', 'cgroup2', 'mqueue']);

/** `df` of busybox. */
export const df: Program = applet(
  { name: 'df', usage: USAGE, options: ['P', 'k', 'm', 'h', 'a', 'i', 'T', 'B=N', 't=TYPE'] },
  {
    run(context) {
      const human = context.has('h');
      const size = human ? 'Size' : context.has('m') ? '1M-blocks' : '1K-blocks';
      const type = context.has('T') ? 'Type       ' : '';
      context.print(
        `Filesystem           ${type}${size.padStart(human ? 9 : 9)}      Used Available Use% Mounted on\n`,
      );
      const mounts = context.sys.mounts();
      const shown =
        context.operands.length > 0
          ? context.operands.flatMap((path) => mountOf(context, mounts, path) ?? [])
          : mounts.filter((mount) => context.has('a') || (mount.bytes > 0 && !NOT_REAL.has(mount.type)));
      for (const mount of shown) context.print(row(context, mount));
      return undefined;
    },
  },
);

function mountOf(context: Context, mounts: readonly MountedTree[], path: string): MountedTree | undefined {
  if (!look(context.sys, path)) {
    context.fail(`${path}: can't find mount point`);
    return undefined;
  }
  const full = resolvePath(context.sys, path, 'all');
  return mounts
    .filter((mount) => full === mount.path || full.startsWith(mount.path === '/' ? '/' : `${mount.path}/`))
    .toSorted((one, other) => other.path.length - one.path.length)[0];
}

function row(context: Context, { source, type, bytes, used, path }: MountedTree): string {
  const show = (value: number) =>
    context.has('h') ? humanSize(value) : String(Math.ceil(value / (context.has('m') ? 1_048_576 : 1024)));
  const name = source.length > 20 && !context.has('P') ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
  const kind = context.has('T') ? ` ${type.padEnd(10)}` : '';
  const sizes = [bytes, used, Math.max(0, bytes - used)].map((value) => show(value).padStart(9)).join(' ');
  const share = bytes > 0 ? Math.ceil((used * 100) / bytes) : 0;
  return `${name}${kind} ${sizes} ${String(share).padStart(3)}% ${path}\n`;
}
