import { COST } from '../../kernel/cost.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { HELD_LINES_MAX, hold, LineReader, MemoryExhausted } from './io.js';
import { UsageError } from './options.js';
import { compareText } from './sort-compare.js';
import { checkCompatible, compareBy, globalFlags, keyText, parseKey } from './sort-keys.js';

type Compare = (left: string, right: string) => number;

/** `sort`: orders lines. */
export const sort: Program = command(
  {
    name: 'sort',
    summary: 'Write sorted concatenation of all FILE(s) to standard output.',
    misuse: 2,
    options: [
      'b ignore-leading-blanks : ignore leading blanks',
      'd dictionary-order : only blanks, letters and digits count',
      'f ignore-case : lower case counts as upper case',
      'g general-numeric-sort : by floating-point value',
      'i ignore-nonprinting : only printable characters count',
      'M month-sort : by month name',
      'h human-numeric-sort : by sizes such as 2K 1G',
      'n numeric-sort : by numerical value',
      'R random-sort : in random order, equal keys together',
      'r reverse : the other way round',
      'V version-sort : by numbers within text',
      'c check?HOW : only check whether it is sorted',
      'C : as -c, without a message',
      'm merge : the files are sorted already',
      'k key=KEYDEF : by a key from POS1 to POS2',
      'o output=FILE : write to FILE',
      's stable : keep the order of equal lines',
      'S buffer-size=SIZE : (ignored)',
      't field-separator=SEP : fields end with SEP',
      'T temporary-directory=DIR : (ignored)',
      'parallel=N : (ignored)',
      'u unique : only the first of equal lines',
      'z zero-terminated : lines end with NUL',
      'debug : (ignored)',
    ],
  },
  function* (context) {
    const compare = comparison(context);
    const end = context.has('zero-terminated') ? '\0' : '\n';
    const check = context.has('C')
      ? 'quiet'
      : context.has('check')
        ? (context.value('check') ?? 'diagnose')
        : undefined;
    if (check) return yield* checkSorted(context, compare, end, check !== 'diagnose' && check !== 'diagnose-first');
    const lines: string[] = [];
    const starts: number[] = [];
    for (const name of context.operands.length > 0 ? context.operands : ['-']) {
      starts.push(lines.length);
      yield* readLines(context, name, end, lines);
    }
    const sorted = context.has('merge')
      ? mergeFiles(lines, starts, compare.whole)
      : yield* mergeSort(context, lines, compare.whole);
    const result = context.has('unique')
      ? sorted.filter((line, index) => index === 0 || compare.keys(sorted[index - 1] as string, line) !== 0)
      : sorted;
    redirectOutput(context);
    for (const line of result) {
      context.print(line + end);
      yield* context.relieve();
    }
    return undefined;
  },
);

function redirectOutput(context: Context): void {
  const path = context.value('output');
  if (path === undefined) return;
  try {
    const descriptor = context.sys.open(path, { write: true, create: true, truncate: true });
    context.sys.duplicate(descriptor, { exactly: 1 });
  } catch (thrown) {
    context.die(`open failed: ${context.showName(path)}: ${reason(thrown)}`, 2);
  }
}

function* readLines(context: Context, name: string, end: string, lines: string[]): Waiting<void> {
  try {
    const descriptor = name === '-' ? 0 : context.sys.open(name, { read: true });
    const reader = new LineReader(context.sys, descriptor, end.charCodeAt(0));
    let held = 0;
    for (let batch = yield* reader.lines(); batch; batch = yield* reader.lines()) {
      for (const line of batch) {
        lines.push(line);
        held += line.length;
      }
      hold(context.sys, held);
      if (lines.length > HELD_LINES_MAX) throw new MemoryExhausted();
    }
    if (descriptor !== 0) context.sys.close(descriptor);
  } catch (thrown) {
    const words = reason(thrown);
    context.die(
      words === 'Is a directory'
        ? `read failed: ${context.showName(name)}: ${words}`
        : `cannot read: ${context.showName(name)}: ${words}`,
      2,
    );
  }
}

/** `keys` tells what is equal for -u; `whole` orders, by the whole line in the end unless -s or -u. */
function comparison(context: Context): { keys: Compare; whole: Compare } {
  const separator = separatorOf(context);
  const global = globalFlags(context);
  checkCompatible(global);
  const random = context.sys.random();
  const ranks = new Map<string, number>();
  const hash = (text: string) => {
    const known = ranks.get(text);
    if (known !== undefined) return known;
    const rank = random.uint32();
    ranks.set(text, rank);
    return rank;
  };
  const keys = context.options.values('key').map((text) => {
    const key = parseKey(text, context);
    const own = key.flags.size > 0;
    const flags = own ? key.flags : global;
    checkCompatible(flags);
    const compare = compareBy(flags, hash);
    const sign = flags.has('r') ? -1 : 1;
    const skip = own ? false : global.has('b');
    return (left: string, right: string) =>
      sign * compare(keyText(left, key, separator, skip), keyText(right, key, separator, skip));
  });
  if (keys.length === 0) keys.push(wholeLine(global, hash));
  const byKeys: Compare = (left, right) => {
    for (const compare of keys) {
      const order = compare(left, right);
      if (order !== 0) return order;
    }
    return 0;
  };
  if (context.has('stable') || context.has('unique')) return { keys: byKeys, whole: byKeys };
  const sign = global.has('r') ? -1 : 1;
  return { keys: byKeys, whole: (left, right) => byKeys(left, right) || sign * compareText(left, right) };
}

function wholeLine(flags: ReadonlySet<string>, hash: (text: string) => number): Compare {
  const compare = compareBy(flags, hash);
  const sign = flags.has('r') ? -1 : 1;
  if (!flags.has('b')) return (left, right) => sign * compare(left, right);
  const trim = (text: string) => text.replace(/^[ \t]+/, '');
  return (left, right) => sign * compare(trim(left), trim(right));
}

function separatorOf(context: Context): string | undefined {
  const text = context.value('field-separator');
  if (text === undefined) return undefined;
  if (text === '') throw new UsageError('empty tab', { hint: false });
  if (text === '\\0') return '\0';
  if ([...text].length > 1) throw new UsageError(`multi-character tab ${context.quote(text)}`, { hint: false });
  return text;
}

function* checkSorted(
  context: Context,
  compare: { keys: Compare; whole: Compare },
  end: string,
  quiet: boolean,
): Waiting<number> {
  const [name = '-', extra] = context.operands;
  if (extra !== undefined)
    throw new UsageError(
      `extra operand ${context.quoteName(extra)} not allowed with -${context.has('C') ? 'C' : 'c'}`,
      {
        hint: false,
      },
    );
  const lines: string[] = [];
  yield* readLines(context, name, end, lines);
  const unique = context.has('unique');
  for (let index = 1; index < lines.length; index += 1) {
    const order = compare.whole(lines[index - 1] as string, lines[index] as string);
    if (order < 0 || (order === 0 && !unique)) continue;
    if (!quiet) context.warn(`${name}:${index + 1}: disorder: ${lines[index]}`);
    return 1;
  }
  return 0;
}

/** -m: always the smallest of the files' next lines, sorted or not. */
function mergeFiles(lines: readonly string[], starts: readonly number[], compare: Compare): string[] {
  const heads = starts.map((from, index) => ({ at: from, end: starts[index + 1] ?? lines.length }));
  const result: string[] = [];
  for (;;) {
    const left = heads.filter(({ at, end }) => at < end);
    const [first, ...others] = left;
    if (!first) return result;
    const best = others.reduce(
      (low, head) => (compare(lines[head.at] as string, lines[low.at] as string) < 0 ? head : low),
      first,
    );
    result.push(lines[best.at] as string);
    best.at += 1;
  }
}

/** A stable merge sort from the bottom up that can be interrupted: each comparison costs time. */
function* mergeSort(context: Context, lines: string[], compare: Compare): Waiting<string[]> {
  let from = lines;
  let to: string[] = new Array(lines.length);
  for (let width = 1; width < lines.length; width *= 2) {
    for (let left = 0; left < lines.length; left += 2 * width) {
      const middle = Math.min(left + width, lines.length);
      const right = Math.min(left + 2 * width, lines.length);
      let i = left;
      let j = middle;
      for (let at = left; at < right; at += 1) {
        const fromLeft = i < middle && (j >= right || compare(from[i] as string, from[j] as string) <= 0);
        to[at] = (fromLeft ? from[i++] : from[j++]) as string;
        if ((at & 63) === 0 && context.sys.charge(4 * COST.io)) yield PREEMPT;
      }
    }
    [from, to] = [to, from === lines ? new Array(lines.length) : from];
  }
  return from;
}
