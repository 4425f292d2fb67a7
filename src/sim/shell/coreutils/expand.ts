import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { LineReader } from './io.js';

/** `expand`: tabs become spaces. */
export const expand: Program = command(
  {
    name: 'expand',
    summary: 'Convert tabs in each FILE to spaces, writing to standard output.',
    options: ['i initial : only tabs before other characters', 't tabs=N : tabs N columns apart, or a list of columns'],
    legacy: (word) => (/^-[\d,]+$/.test(word) ? { key: 'tabs', value: word.slice(1), as: '-t' } : undefined),
  },
  function* (context) {
    const stops = tabStops(context);
    const initial = context.has('initial');
    yield* eachInput(context, context.operands, function* (descriptor) {
      const reader = new LineReader(context.sys, descriptor);
      for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
        context.print(expandLine(line, stops, initial) + (reader.terminated ? '\n' : ''));
        yield* context.relieve();
      }
    });
    return undefined;
  },
);

/** The column a tab leads to. */
export type TabStops = (column: number) => number;

/** Reads -t: one distance, or a list of columns (after which a tab is one space). */
export function tabStops(context: Context): TabStops {
  const text = context.value('tabs') ?? '8';
  const stops = text.split(/[, ]/).filter((part) => part !== '');
  const bad = stops.find((part) => !/^\d+$/.test(part));
  if (bad !== undefined) context.die(`tab size contains invalid character(s): ${context.quote(bad)}`);
  const numbers = stops.map(Number);
  if (numbers.includes(0)) context.die('tab size cannot be 0');
  if (numbers.some((stop, index) => index > 0 && stop <= (numbers[index - 1] as number)))
    context.die('tab sizes must be ascending');
  const [only = 8] = numbers;
  if (numbers.length <= 1) return (column) => column + only - (column % only);
  return (column) => numbers.find((stop) => stop > column) ?? column + 1;
}

function expandLine(line: string, stops: TabStops, initial: boolean): string {
  let result = '';
  let column = 0;
  let leading = true;
  for (const char of line) {
    if (char === '\t' && (leading || !initial)) {
      const to = stops(column);
      result += ' '.repeat(to - column);
      column = to;
      continue;
    }
    if (char !== ' ') leading = false;
    result += char;
    column = char === '\b' ? Math.max(0, column - 1) : column + 1;
  }
  return result;
}
