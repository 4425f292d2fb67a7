import { isErrno } from '../kernel/errno.js';
import type { MountedTree } from '../kernel/files.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { getopt, OptionError } from '../kernel/libc/getopt.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

const SPECS = [
  { short: 'a', long: 'all' },
  { short: 'h', long: 'human-readable' },
  { short: 'H', long: 'si' },
  { short: 'k' },
  { short: 'T', long: 'print-type' },
  { short: 't', long: 'type', argument: 'required' },
  { short: 'x', long: 'exclude-type', argument: 'required' },
] as const;

const PSEUDO = new Set(['proc', 'sysfs', 'devpts', 'cgroup2']);

/** A size in units of 1024 with one digit where that says more, rounded up as df does. */
function human(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < 5) {
    size /= 1024;
    unit += 1;
  }
  const rounded = size < 10 && unit > 0 ? (Math.ceil(size * 10) / 10).toFixed(1) : `${Math.ceil(size)}`;
  return rounded === '0.0' || bytes === 0 ? '0' : `${rounded}${['', 'K', 'M', 'G', 'T', 'P'][unit]}`;
}

function cellsOf(tree: MountedTree, show: (bytes: number) => string, withType: boolean): string[] {
  const { source, type, bytes, used, path } = tree;
  const pseudo = PSEUDO.has(type);
  const total = pseudo ? 0 : bytes;
  const share = pseudo ? '-' : `${Math.ceil((used / bytes) * 100)}%`;
  const sizes = [total, pseudo ? 0 : used, pseudo ? 0 : bytes - used].map(show);
  return [source, ...(withType ? [type] : []), ...sizes, share, path];
}

function layOut(rows: readonly (readonly string[])[], withType: boolean): string {
  const left = withType ? 2 : 1;
  const least = [14, ...(withType ? [4] : []), 5, 5, 5, 4];
  const widths = (rows[0] ?? []).map((_, at) => Math.max(least[at] ?? 0, ...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => {
      const cells = row.map((cell, at) => {
        if (at === row.length - 1) return cell;
        return at < left ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
      });
      return `${cells.join(' ')}\n`;
    })
    .join('');
}

function* run(sys: Sys): Waiting<number> {
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const has = (name: string) => options.some((option) => option.name === name);
    const types = options.filter(({ name }) => name === 'type').map(({ value }) => value);
    const without = options.filter(({ name }) => name === 'exclude-type').map(({ value }) => value);
    const all = sys
      .mounts()
      .filter(({ type }) => (types.length === 0 || types.includes(type)) && !without.includes(type));
    const shown: MountedTree[] = [];
    let status = 0;
    if (operands.length === 0) shown.push(...all.filter(({ type }) => has('all') || !PSEUDO.has(type)));
    for (const operand of operands) {
      try {
        const real = sys.realPath(operand);
        const holds = all.filter(({ path }) => real === path || path === '/' || real.startsWith(`${path}/`));
        const tree = holds.sort((one, other) => other.path.length - one.path.length)[0];
        if (tree) shown.push(tree);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* printError(sys, `df: ${operand}: ${error.message}\n`);
        status = 1;
      }
    }
    if (shown.length === 0) return status;
    const humanly = has('human-readable') || has('si');
    const show = humanly ? human : (bytes: number) => `${Math.ceil(bytes / 1024)}`;
    const type = has('print-type') ? ['Type'] : [];
    const sizes = humanly ? ['Size', 'Used', 'Avail'] : ['1K-blocks', 'Used', 'Available'];
    const head = ['Filesystem', ...type, ...sizes, 'Use%', 'Mounted on'];
    yield* print(
      sys,
      layOut([head, ...shown.map((tree) => cellsOf(tree, show, has('print-type')))], has('print-type')),
    );
    return status;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `df: ${error.message}\nTry 'df --help' for more information.\n`);
    return 1;
  }
}

/** df: how full the disks are. */
export const df: InstalledProgram = { name: 'df', paths: ['/usr/bin/df'], run };
