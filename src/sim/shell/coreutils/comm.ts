import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { LineReader } from './io.js';
import { compareText } from './sort-compare.js';
import { twoFiles } from './two-files.js';

/** `comm`: what two sorted files have in common. */
export const comm: Program = command(
  {
    name: 'comm',
    usage: '[OPTION]... FILE1 FILE2',
    summary: 'Compare sorted files FILE1 and FILE2 line by line.',
    options: [
      '1 : without lines that are only in FILE1',
      '2 : without lines that are only in FILE2',
      '3 : without lines that are in both',
      'check-order : insist on sorted input',
      'nocheck-order : do not look whether it is sorted',
      'output-delimiter=STR : STR between columns',
      'total : a summary in the end',
      'z zero-terminated : lines end with NUL',
    ],
  },
  function* (context) {
    const [first, second] = twoFiles(context);
    const end = context.has('zero-terminated') ? '\0' : '\n';
    const readers = [first, second].map((name) => {
      try {
        return new LineReader(
          context.sys,
          name === '-' ? 0 : context.sys.open(name, { read: true }),
          end.charCodeAt(0),
        );
      } catch (thrown) {
        return context.die(`${context.showName(name)}: ${reason(thrown)}`);
      }
    }) as [LineReader, LineReader];
    const delimiter = context.value('output-delimiter') ?? '\t';
    const hidden = ['1', '2', '3'].map((key) => context.has(key)) as [boolean, boolean, boolean];
    const prefix = [0, 1, 2].map((column) => delimiter.repeat(hidden.slice(0, column).filter((hide) => !hide).length));
    const totals: [number, number, number] = [0, 0, 0];
    const show = (column: 0 | 1 | 2, line: string) => {
      totals[column] += 1;
      if (!hidden[column]) context.print(`${prefix[column]}${line}${end}`);
    };
    let unsorted = false;
    const warned = [false, false];
    const previous: (string | undefined)[] = [undefined, undefined];
    const take = function* (index: 0 | 1) {
      const line = yield* readers[index].next();
      const before = previous[index];
      previous[index] = line;
      if (
        line !== undefined &&
        before !== undefined &&
        compareText(before, line) > 0 &&
        !context.has('nocheck-order') &&
        !warned[index]
      ) {
        if (context.has('check-order')) context.die(`file ${index + 1} is not in sorted order`);
        warned[index] = true;
        context.fail(`file ${index + 1} is not in sorted order`);
        unsorted = true;
      }
      return line;
    };
    let left = yield* take(0);
    let right = yield* take(1);
    while (left !== undefined || right !== undefined) {
      const order = left === undefined ? 1 : right === undefined ? -1 : compareText(left, right);
      if (order === 0) show(2, left as string);
      else if (order < 0) show(0, left as string);
      else show(1, right as string);
      if (order <= 0) left = yield* take(0);
      if (order >= 0) right = yield* take(1);
      yield* context.relieve();
    }
    if (context.has('total')) context.print(`${totals.join(delimiter)}${delimiter}total${end}`);
    if (unsorted) context.warn('input is not in sorted order');
    return undefined;
  },
);
