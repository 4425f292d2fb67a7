import type { Program } from '../../kernel/sys.js';
import { textWidth } from './character-width.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { LineReader } from './io.js';

/** `column`: lists and tables in columns. */
export const column: Program = command(
  {
    name: 'column',
    usage: '[options] [<file>...]',
    summary: 'Columnate lists.',
    version: 'from util-linux 2.38.1',
    options: [
      't table : a table',
      'N table-columns=NAMES : names of the columns',
      'R table-right=COLUMNS : to the right',
      'H table-hide=COLUMNS : not shown',
      'J json : (not made)',
      'n table-name=NAME : (ignored)',
      'o output-separator=STRING : between columns',
      's separator=STRING : what parts fields',
      'x fillrows : rows before columns',
      'c output-width=WIDTH : width of the output',
      'L keep-empty-lines : empty lines too',
      'e : (ignored)',
      'l table-columns-limit=NUM : at most NUM columns',
    ],
  },
  function* (context) {
    const lines: string[] = [];
    yield* eachInput(context, context.operands, function* (descriptor) {
      const reader = new LineReader(context.sys, descriptor);
      for (let batch = yield* reader.lines(); batch; batch = yield* reader.lines()) lines.push(...batch);
    });
    const kept = context.has('keep-empty-lines') ? lines : lines.filter((line) => line.trim() !== '');
    context.print(context.has('table') ? table(context, kept) : list(context, kept));
    return undefined;
  },
);

function table(context: Context, lines: readonly string[]): string {
  const separators = context.value('separator');
  const limit = Number(context.value('table-columns-limit') ?? 0);
  const rows = lines.map((line) => {
    const cells =
      separators === undefined
        ? line.trim().split(/[ \t]+/)
        : line.split(new RegExp(`[${separators.replace(/[\\\]^-]/g, '\\$&')}]`));
    return limit > 0 && cells.length > limit ? [...cells.slice(0, limit - 1), cells.slice(limit - 1).join(' ')] : cells;
  });
  const names = context.value('table-columns')?.split(',');
  if (names) rows.unshift(names);
  const count = Math.max(0, ...rows.map((row) => row.length));
  const right = new Set(
    (context.value('table-right') ?? '')
      .split(',')
      .filter((name) => name !== '')
      .map((name) => (/^\d+$/.test(name) ? Number(name) - 1 : (names?.indexOf(name) ?? -1))),
  );
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(0, ...rows.map((row) => textWidth(row[index] ?? ''))),
  );
  const between = context.value('output-separator') ?? '  ';
  return rows
    .map((row) => {
      const cells = widths.map((width, index) => {
        const text = row[index] ?? '';
        const blank = ' '.repeat(width - textWidth(text));
        if (right.has(index)) return blank + text;
        return index === row.length - 1 && index === count - 1 ? text : text + blank;
      });
      return `${cells.join(between)}\n`;
    })
    .join('');
}

/** Columns of equal width, filled down unless -x. */
function list(context: Context, lines: readonly string[]): string {
  const width = Number(
    context.value('output-width') ?? context.sys.environment.get('COLUMNS') ?? context.sys.windowSize(1)?.columns ?? 80,
  );
  const longest = Math.max(0, ...lines.map(textWidth));
  if (longest >= width || lines.length === 0) return lines.map((line) => `${line}\n`).join('');
  const cell = (Math.floor(longest / 8) + 1) * 8;
  const columns = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(lines.length / columns);
  let result = '';
  for (let row = 0; row < rows; row += 1) {
    for (let index = 0; index < columns; index += 1) {
      const at = context.has('fillrows') ? row * columns + index : index * rows + row;
      const line = lines[at];
      if (line === undefined) break;
      const next = context.has('fillrows') ? at + 1 : at + rows;
      const last = index === columns - 1 || lines[next] === undefined;
      result += line + (last ? '' : '\t'.repeat(Math.ceil((cell - textWidth(line)) / 8)));
    }
    result += '\n';
  }
  return result;
}
