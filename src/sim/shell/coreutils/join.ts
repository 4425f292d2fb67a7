import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { LineReader } from './io.js';
import { compareText } from './sort-compare.js';
import { twoFiles } from './two-files.js';

type Row = readonly string[];

/** `join`: lines of two sorted files with the same key. */
export const join: Program = command(
  {
    name: 'join',
    usage: '[OPTION]... FILE1 FILE2',
    summary: 'For each pair of input lines with identical join fields, write a line to standard output.',
    options: [
      'a=FILENUM : lines of that file without a partner too',
      'e=STRING : in place of missing fields',
      'i ignore-case : upper and lower case are the same',
      'j=FIELD : the field in both files',
      'o=FORMAT : which fields',
      't=CHAR : between fields',
      'v=FILENUM : only lines of that file without a partner',
      '1=FIELD : the field in FILE1',
      '2=FIELD : the field in FILE2',
      'check-order : insist on sorted input',
      'nocheck-order : do not look',
      'header : first lines are headings',
      'z zero-terminated : lines end with NUL',
    ],
  },
  function* (context) {
    const [first, second] = twoFiles(context);
    const separator = context.value('t');
    const left = yield* rows(context, first, separator);
    const right = yield* rows(context, second, separator);
    const keys = [keyField(context, '1'), keyField(context, '2')] as const;
    const unpaired = new Set([...context.options.values('a'), ...context.options.values('v')]);
    const only = context.has('v');
    const fold = (text: string) => (context.has('ignore-case') ? text.toLowerCase() : text);
    const key = (row: Row | undefined, side: 0 | 1) => fold(row?.[keys[side] - 1] ?? '');
    const print = rowPrinter(context, keys, separator ?? ' ');
    let i = 0;
    let j = 0;
    if (context.has('header') && (left.length > 0 || right.length > 0)) print(left[i++], right[j++]);
    while (i < left.length || j < right.length) {
      const order = i >= left.length ? 1 : j >= right.length ? -1 : compareText(key(left[i], 0), key(right[j], 1));
      if (order < 0) {
        if (unpaired.has('1')) print(left[i], undefined);
        i += 1;
      } else if (order > 0) {
        if (unpaired.has('2')) print(undefined, right[j]);
        j += 1;
      } else {
        const same = key(left[i], 0);
        const from = j;
        for (; i < left.length && key(left[i], 0) === same; i += 1)
          for (j = from; j < right.length && key(right[j], 1) === same; j += 1) if (!only) print(left[i], right[j]);
        while (j < right.length && key(right[j], 1) === same) j += 1;
      }
      yield* context.relieve();
    }
    return undefined;
  },
);

function* rows(context: Context, name: string, separator: string | undefined): Waiting<Row[]> {
  try {
    const reader = new LineReader(
      context.sys,
      name === '-' ? 0 : context.sys.open(name, { read: true }),
      context.has('zero-terminated') ? 0 : 10,
    );
    const result: Row[] = [];
    for (let lines = yield* reader.lines(); lines; lines = yield* reader.lines()) {
      for (const line of lines)
        result.push(separator === undefined ? line.trim().split(/[ \t]+/) : line.split(separator));
    }
    return result;
  } catch (thrown) {
    return context.die(`${context.showName(name)}: ${reason(thrown)}`);
  }
}

function keyField(context: Context, file: '1' | '2'): number {
  const text = context.value(file) ?? context.value('j') ?? '1';
  if (!/^[1-9]\d*$/.test(text)) context.die(`invalid field number: ${context.quote(text)}`);
  return Number(text);
}

function rowPrinter(
  context: Context,
  keys: readonly [number, number],
  separator: string,
): (left: Row | undefined, right: Row | undefined) => void {
  const empty = context.value('e') ?? '';
  const format = context.value('o');
  const end = context.has('zero-terminated') ? '\0' : '\n';
  return (left, right) => {
    const key = left?.[keys[0] - 1] ?? right?.[keys[1] - 1] ?? '';
    let fields: string[];
    if (format !== undefined && format !== 'auto') {
      fields = format.split(/[ ,]+/).map((part) => {
        if (part === '0') return key;
        const [file, field] = part.split('.');
        return (file === '1' ? left : right)?.[Number(field) - 1] || empty;
      });
    } else {
      const others = (row: Row | undefined, at: number) => (row ?? []).filter((_, index) => index !== at - 1);
      fields = [key, ...others(left, keys[0]), ...others(right, keys[1])];
    }
    context.print(fields.join(separator) + end);
  };
}
