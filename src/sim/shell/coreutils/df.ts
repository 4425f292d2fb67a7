import type { MountedTree } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { humanSize } from './numbers.js';
import { resolvePath } from './resolve-path.js';

const NOT_REAL = new Set(['proc', 'sysfs', 'cgroup2', 'devpts', 'mqueue', 'bpf', 'debugfs', 'tracefs', 'securityfs']);

/** `df`: how full file systems are. */
export const df: Program = command(
  {
    name: 'df',
    summary: 'Show information about the file system on which each FILE resides, or all file systems by default.',
    options: [
      'a all : those without a size too',
      'B block-size=SIZE : (ignored)',
      'h human-readable : sizes like 1K 234M 2G',
      'H si : powers of 1000',
      'i inodes : (not counted)',
      'k : in KiB',
      'l local : (ignored)',
      'P portability : (ignored)',
      't type=TYPE : only of this type',
      'T print-type : the type too',
      'x exclude-type=TYPE : not of this type',
      'total : a total',
    ],
  },
  (context) => {
    const mounts = context.sys.mounts();
    const shown =
      context.operands.length > 0
        ? context.operands.flatMap((path) => mountFor(context, mounts, path) ?? [])
        : mounts.filter((mount) => context.has('all') || (mount.bytes > 0 && !NOT_REAL.has(mount.type)));
    if (context.operands.length > 0 && shown.length === 0) return 1;
    const types = context.options.values('type');
    const excluded = context.options.values('exclude-type');
    const rows = shown
      .filter((mount) => (types.length === 0 || types.includes(mount.type)) && !excluded.includes(mount.type))
      .map((mount) => row(context, mount));
    if (rows.length === 0) return context.die('no file systems processed');
    const human = context.has('human-readable') || context.has('si');
    const heading = [
      'Filesystem',
      ...(context.has('print-type') ? ['Type'] : []),
      human ? 'Size' : '1K-blocks',
      'Used',
      human ? 'Avail' : 'Available',
      'Use%',
      'Mounted on',
    ];
    print(context, [heading, ...rows], context.has('print-type') ? 2 : 1);
    return undefined;
  },
);

function mountFor(context: Context, mounts: readonly MountedTree[], path: string): MountedTree | undefined {
  try {
    context.sys.stat(path);
    const full = resolvePath(context.sys, path, 'all');
    return mounts
      .filter((mount) => full === mount.path || full.startsWith(mount.path === '/' ? '/' : `${mount.path}/`))
      .toSorted((a, b) => b.path.length - a.path.length)[0];
  } catch (thrown) {
    context.fail(`${context.showName(path)}: ${reason(thrown)}`);
    return undefined;
  }
}

function row(context: Context, { source, type, bytes, used, path }: MountedTree): string[] {
  const size = (value: number) =>
    context.has('human-readable')
      ? humanSize(value)
      : context.has('si')
        ? humanSize(value, 1000)
        : String(Math.ceil(value / 1024));
  const percent = bytes > 0 ? `${Math.ceil((used * 100) / bytes)}%` : '-';
  return [
    source,
    ...(context.has('print-type') ? [type] : []),
    size(bytes),
    size(used),
    size(Math.max(0, bytes - used)),
    percent,
    path,
  ];
}

/** Names to the left, numbers to the right; the first column is at least 14 wide, sizes 5. */
function print(context: Context, rows: readonly (readonly string[])[], left: number): void {
  const least = (index: number) => (index === 0 ? 14 : index >= left && index < left + 3 ? 5 : 4);
  const widths = (rows[0] as readonly string[]).map((_, index) =>
    Math.max(least(index), ...rows.map((cells) => (cells[index] as string).length)),
  );
  for (const cells of rows) {
    const last = cells.length - 1;
    context.print(
      `${cells.map((cell, index) => (index === last ? cell : index < left ? cell.padEnd(widths[index] as number) : cell.padStart(widths[index] as number))).join(' ')}\n`,
    );
  }
}
