import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { openInput } from './inputs.js';
import { LineReader } from './io.js';
import { UsageError } from './options.js';

/** `uniq`: leaves out (or shows only) repeated neighbouring lines. */
export const uniq: Program = command(
  {
    name: 'uniq',
    usage: '[OPTION]... [INPUT [OUTPUT]]',
    summary: 'Filter adjacent matching lines from INPUT, writing to OUTPUT.',
    options: [
      'c count : the number of occurrences before each line',
      'd repeated : only repeated lines, one of each group',
      'D : all repeated lines',
      'all-repeated?METHOD : all repeated lines, groups apart by METHOD (none, prepend, separate)',
      'f skip-fields=N : do not compare the first N fields',
      'i ignore-case : upper and lower case are the same',
      's skip-chars=N : do not compare the first N characters',
      'u unique : only lines that are not repeated',
      'z zero-terminated : lines end with NUL',
      'w check-chars=N : compare at most N characters',
    ],
  },
  function* (context) {
    const [input = '-', output, extra] = context.operands;
    if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
    const key = keyOf(context);
    const end = context.has('zero-terminated') ? '\0' : '\n';
    const descriptor = openInput(context, input);
    if (descriptor === undefined) return 1;
    if (output !== undefined && output !== '-') redirect(context, output);
    const printGroup = groupPrinter(context, end);
    const reader = new LineReader(context.sys, descriptor, end.charCodeAt(0));
    let group: string[] = [];
    let current: string | undefined;
    try {
      for (let lines = yield* reader.lines(); lines; lines = yield* reader.lines()) {
        for (const line of lines) {
          const value = key(line);
          if (current !== undefined && value !== current) {
            printGroup(group);
            group = [];
          }
          current = value;
          group.push(line);
        }
        yield* context.flush();
      }
    } catch (thrown) {
      context.fail(`error reading ${context.quoteName(input)}: ${reason(thrown)}`);
    }
    if (current !== undefined) printGroup(group);
    return undefined;
  },
);

/** Standard output becomes the named file. */
function redirect(context: Context, path: string): void {
  try {
    const descriptor = context.sys.open(path, { write: true, create: true, truncate: true });
    context.sys.duplicate(descriptor, { exactly: 1 });
  } catch (thrown) {
    context.die(`${context.showName(path)}: ${reason(thrown)}`);
  }
}

function keyOf(context: Context): (line: string) => string {
  const number = (key: string, words: string) => {
    const text = context.value(key);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text)) context.die(`${text}: invalid number of ${words}`);
    return Number(text);
  };
  const fields = number('skip-fields', 'fields to skip') ?? 0;
  const chars = number('skip-chars', 'bytes to skip') ?? 0;
  const width = number('check-chars', 'bytes to compare');
  const fold = context.has('ignore-case');
  const skipped = new RegExp(`^(?:[ \\t]*[^ \\t]*){${fields}}`);
  return (line) => {
    let rest = fields > 0 ? line.replace(skipped, '') : line;
    if (chars > 0) rest = rest.slice(chars);
    if (width !== undefined) rest = rest.slice(0, width);
    return fold ? rest.toLowerCase() : rest;
  };
}

function groupPrinter(context: Context, end: string): (group: readonly string[]) => void {
  const all = context.last('D', 'all-repeated');
  const method = all === 'all-repeated' ? (context.value('all-repeated') ?? 'none') : 'none';
  const count = context.has('count');
  if (all && count) throw new UsageError('printing all duplicated lines and repeat counts is meaningless');
  const repeated = context.has('repeated') || all !== undefined;
  const unique = context.has('unique');
  let first = true;
  return (group) => {
    if (group.length === 1 ? repeated : unique) return;
    if (all && !unique) {
      if (method === 'prepend' || (method === 'separate' && !first)) context.print(end);
      first = false;
      for (const line of group) context.print(line + end);
      return;
    }
    context.print(`${count ? `${String(group.length).padStart(7)} ` : ''}${group[0]}${end}`);
  };
}
