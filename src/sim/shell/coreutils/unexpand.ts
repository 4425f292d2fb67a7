import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import type { TabStops } from './expand.js';
import { tabStops } from './expand.js';
import { eachInput } from './inputs.js';
import { LineReader } from './io.js';

/** `unexpand`: spaces become tabs. */
export const unexpand: Program = command(
  {
    name: 'unexpand',
    summary: 'Convert blanks in each FILE to tabs, writing to standard output.',
    options: [
      'a all : all blanks, not only the first ones',
      'first-only : only the first blanks of a line',
      't tabs=N : tabs N columns apart; means -a',
    ],
  },
  function* (context) {
    const stops = tabStops(context);
    const all = (context.has('all') || context.has('tabs')) && !context.has('first-only');
    yield* eachInput(context, context.operands, function* (descriptor) {
      const reader = new LineReader(context.sys, descriptor);
      for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
        context.print(unexpandLine(line, stops, all) + (reader.terminated ? '\n' : ''));
        yield* context.relieve();
      }
    });
    return undefined;
  },
);

function unexpandLine(line: string, stops: TabStops, all: boolean): string {
  let result = '';
  let column = 0;
  let at = 0;
  while (at < line.length) {
    const run = /^[ \t]+/.exec(line.slice(at))?.[0] ?? '';
    if (run === '') {
      if (!all) return result + line.slice(at);
      result += line[at];
      column += 1;
      at += 1;
      continue;
    }
    const end = [...run].reduce((from, char) => (char === '\t' ? stops(from) : from + 1), column);
    let from = column;
    let tabs = '';
    while (stops(from) <= end) {
      tabs +=
        stops(from) - from === 1 && !run.includes('\t') && from === column && stops(stops(from)) > end ? ' ' : '\t';
      from = stops(from);
    }
    result += tabs + ' '.repeat(end - from);
    column = end;
    at += run.length;
  }
  return result;
}
