import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { compileGlob } from './glob.js';
import { work } from './io.js';
import { diskKibibytes } from './ls/entry.js';
import { humanSize } from './numbers.js';
import { UsageError } from './options.js';
import { joinPath, namesIn } from './paths.js';

/** `du`: how much room files take. */
export const du: Program = command(
  {
    name: 'du',
    summary: 'Summarize device usage of the set of FILEs, recursively for directories.',
    options: [
      '0 null : lines end with NUL',
      'a all : files too',
      'apparent-size : sizes instead of room',
      'B block-size=SIZE : (ignored)',
      'b bytes : --apparent-size in bytes',
      'c total : a total',
      'D dereference-args : follow links among the operands',
      'd max-depth=N : only so deep',
      'h human-readable : sizes like 1K 234M 2G',
      'H : the same as -D',
      'inodes : (ignored)',
      'k : in KiB',
      'L dereference : follow links',
      'l count-links : (ignored)',
      'm : in MiB',
      'P no-dereference : follow no links',
      'S separate-dirs : without subdirectories',
      'si : powers of 1000',
      's summarize : only a total for each operand',
      'x one-file-system : stay on one file system',
      'exclude=PATTERN : no files like PATTERN',
      'time?WORD : (ignored)',
    ],
  },
  function* (context) {
    const usage = new Usage(context);
    let total = 0;
    for (const path of context.operands.length > 0 ? context.operands : ['.']) total += yield* usage.operand(path);
    if (context.has('total')) usage.print(total, 'total');
    return undefined;
  },
);

class Usage {
  private readonly seen = new Set<string>();
  private readonly deepest: number;
  private readonly excluded: readonly RegExp[];

  constructor(private readonly context: Context) {
    const depth = context.value('max-depth');
    if (depth !== undefined && !/^\d+$/.test(depth))
      throw new UsageError(`invalid maximum depth ${context.quote(depth)}`);
    this.deepest = context.has('summarize') ? 0 : depth === undefined ? Number.POSITIVE_INFINITY : Number(depth);
    this.excluded = context.options.values('exclude').map((glob) => compileGlob(glob));
  }

  *operand(path: string): Waiting<number> {
    const { context } = this;
    try {
      const stat = context.has('dereference-args') || context.has('H') ? context.sys.stat(path) : this.stat(path);
      return yield* this.visit(path, stat, 0);
    } catch (thrown) {
      context.fail(`cannot access ${context.quoteName(path)}: ${reason(thrown)}`);
      return 0;
    }
  }

  print(size: number, name: string): void {
    const { context } = this;
    const end = context.has('null') ? '\0' : '\n';
    context.print(`${this.shown(size)}\t${name}${end}`);
  }

  private stat(path: string): FileStat {
    return this.context.has('dereference') ? this.context.sys.stat(path) : this.context.sys.lstat(path);
  }

  /** Bytes below and including a file; hard links count once. */
  private *visit(path: string, stat: FileStat, depth: number): Waiting<number> {
    const { context } = this;
    yield* work(context.sys, 0);
    const key = `${stat.device}:${stat.inode}`;
    if (this.seen.has(key)) return 0;
    this.seen.add(key);
    let size = context.has('bytes') || context.has('apparent-size') ? stat.size : diskKibibytes(stat) * 1024;
    if (stat.type === 'directory') {
      let names: string[] = [];
      try {
        names = namesIn(context.sys, path);
      } catch (thrown) {
        context.fail(`cannot read directory ${context.quoteName(path)}: ${reason(thrown)}`);
      }
      for (const name of names) {
        const child = joinPath(path, name);
        if (this.excluded.some((glob) => glob.test(name) || glob.test(child))) continue;
        const below = this.stat(child);
        const part = yield* this.visit(child, below, depth + 1);
        if (!context.has('separate-dirs') || below.type !== 'directory') size += part;
      }
    }
    if ((stat.type === 'directory' || context.has('all') || depth === 0) && depth <= this.deepest)
      this.print(size, path);
    yield* context.relieve();
    return size;
  }

  private shown(size: number): string {
    const { context } = this;
    if (context.has('human-readable')) return humanSize(size);
    if (context.has('si')) return humanSize(size, 1000);
    if (context.has('bytes')) return String(size);
    return String(Math.ceil(size / (context.has('m') ? 1024 * 1024 : 1024)));
  }
}
