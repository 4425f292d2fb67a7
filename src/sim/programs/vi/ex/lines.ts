import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank } from '../../editor/characters.js';
import { shiftLines, whiteSpace } from '../operators/indent.js';
import { joinLines } from '../operators/join.js';
import { OPERATORS } from '../operators/operators.js';
import { putText } from '../operators/put.js';
import { linesRegion } from '../operators/region.js';
import { reportCount, reportLines } from '../operators/report.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import { checkWritable } from '../state/writable.js';
import type { ExCall } from './command.js';
import { readRange } from './range.js';

/** A register and a count behind a command, as in `:d x 3`. */
function readArgs(
  editor: Editor,
  { args, range }: ExCall,
): { register: string | undefined; first: number; last: number } {
  const found = /^([a-zA-Z"_0+*-])?\s*(\d+)?\s*(.*)$/.exec(args);
  const [, register, count, rest = ''] = found ?? [];
  if (rest !== '') throw new EditorError(`E488: Trailing characters: ${rest}`);
  if (count === undefined) return { register, first: range.first, last: range.last };
  return { register, first: range.last, last: Math.min(editor.buffer.count - 1, range.last + Number(count) - 1) };
}

/** An operator on whole lines. */
export function byOperator(key: string): (editor: Editor, call: ExCall) => Waiting<void> {
  return function* (editor, call) {
    const { register, first, last } = readArgs(editor, call);
    const { cursor } = editor;
    if (key === 'd') editor.cursor = { line: first, column: 0 };
    yield* (OPERATORS.get(key) as NonNullable<ReturnType<typeof OPERATORS.get>>)(editor, linesRegion(first, last), {
      register,
      count: 1,
      numbered: false,
    });
    if (key === 'y') editor.cursor = cursor;
  };
}

/** `:>` and `:<`. */
export function shiftBy(direction: -1 | 1): (editor: Editor, call: ExCall) => Waiting<void> {
  return function* (editor, call) {
    const sign = direction > 0 ? '>' : '<';
    const more = /^(?:<+|>+)/.exec(call.args.startsWith(sign) ? call.args : '')?.[0].length ?? 0;
    const { first, last } = readArgs(editor, { ...call, args: call.args.slice(more).trim() });
    checkWritable(editor);
    const times = more + 1;
    editor.cursor = { line: last, column: 0 };
    shiftLines(editor, first, last, direction * times);
    editor.moveTo({ line: last, column: firstNonBlank(editor.buffer.line(last)) });
    reportCount(editor, last - first + 1, (count) => `${count} lines ${sign}ed ${times} time${times === 1 ? '' : 's'}`);
  };
}

/** `:j`. */
export function* join(editor: Editor, call: ExCall): Waiting<void> {
  const { first, last } = readArgs(editor, call);
  const end = call.range.given === 2 || last > first ? last : last + 1;
  if (end >= editor.buffer.count && first === end) throw new EditorError('E16: Invalid range');
  joinLines(editor, first, Math.min(end, editor.buffer.count - 1), !call.bang);
  editor.moveTo({ line: first, column: firstNonBlank(editor.buffer.line(first)) });
}

function destination(editor: Editor, args: string): number {
  if (args.trim() === '') throw new EditorError('E14: Invalid address');
  const { range, rest } = readRange(editor, args);
  if (rest.trim() !== '' || range.given === 0)
    throw new EditorError(rest.trim() === '' ? 'E14: Invalid address' : `E488: Trailing characters: ${rest}`);
  if (range.last < -1 || range.last >= editor.buffer.count) throw new EditorError('E16: Invalid range');
  return range.last;
}

/** `:m`. */
export function* move(editor: Editor, { args, range }: ExCall): Waiting<void> {
  const target = destination(editor, args);
  const { first, last } = range;
  if (target >= first && target < last) throw new EditorError('E134: Cannot move a range of lines into itself');
  checkWritable(editor);
  const { buffer } = editor;
  const moved = buffer.lines.slice(first, last + 1);
  const count = moved.length;
  if (target === last || target === first - 1) {
    editor.moveTo({ line: target >= last ? last : first + count - 1, column: 0 });
  } else if (target > last) {
    buffer.replace(first, target - first + 1, [...buffer.lines.slice(last + 1, target + 1), ...moved]);
    editor.moveTo({ line: target, column: 0 });
  } else {
    buffer.replace(target + 1, last - target, [...moved, ...buffer.lines.slice(target + 1, first)]);
    editor.moveTo({ line: target + count, column: 0 });
  }
  editor.moveTo({ line: editor.cursor.line, column: firstNonBlank(editor.line) });
  reportCount(editor, count, (lines) => `${lines} lines moved`);
}

/** `:t` and `:co`. */
export function* copy(editor: Editor, { args, range }: ExCall): Waiting<void> {
  const target = destination(editor, args);
  checkWritable(editor);
  const lines = editor.buffer.lines.slice(range.first, range.last + 1);
  editor.buffer.insertLines(target + 1, lines);
  const line = target + lines.length;
  editor.moveTo({ line, column: firstNonBlank(editor.buffer.line(line)) });
  reportLines(editor, lines.length);
}

/** `:put`. */
export function* putLines(editor: Editor, { args, range, bang }: ExCall): Waiting<void> {
  const name = args.trim() === '' ? undefined : args.trim().slice(0, 1);
  const text = editor.registers.get(name);
  if (!text) throw new EditorError(`E353: Nothing in register ${name ?? '"'}`);
  checkWritable(editor);
  editor.cursor = { line: Math.max(0, range.last), column: 0 };
  putText(editor, { kind: 'line', lines: text.lines }, { register: name, count: 1, before: bang || range.last < 0 });
  const end = editor.buffer.marks.get(']')?.line ?? editor.cursor.line;
  editor.moveTo({ line: end, column: firstNonBlank(editor.buffer.line(end)) });
}

/** `:sort`, with `n`, `r`, `u` and `i`. */
export function* sort(editor: Editor, { args, range, bang }: ExCall): Waiting<void> {
  const [first, last] = range.given === 0 ? [0, editor.buffer.count - 1] : [range.first, range.last];
  checkWritable(editor);
  const key = (text: string): string => (/i/.test(args) ? text.toUpperCase() : text);
  const number = (text: string): number => Number(/-?\d+/.exec(text)?.[0] ?? Number.NEGATIVE_INFINITY);
  const compareTexts = (one: string, other: string): number =>
    key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
  const order = /n/.test(args) ? (one: string, other: string) => number(one) - number(other) || 0 : compareTexts;
  let sorted = editor.buffer.lines
    .slice(first, last + 1)
    .sort(bang || /r/.test(args) ? (one, other) => order(other, one) : order);
  if (/u/.test(args)) sorted = sorted.filter((text, at) => at === 0 || key(text) !== key(sorted[at - 1] as string));
  editor.cursor = { line: first, column: 0 };
  const before = editor.buffer.count;
  editor.buffer.replace(first, last - first + 1, sorted);
  editor.moveTo({ line: first, column: firstNonBlank(editor.buffer.line(first)) });
  reportLines(editor, editor.buffer.count - before);
}

/** `:retab`: white space anew, by the options as they are. */
export function* retab(editor: Editor, { args, range, bang }: ExCall): Waiting<void> {
  const { buffer } = editor;
  const [first, last] = range.given === 0 ? [0, buffer.count - 1] : [range.first, range.last];
  const wanted = Number(args.trim() || buffer.options.tabstop);
  const old = buffer.options.tabstop;
  const changed = buffer.lines.slice(first, last + 1).map((text) => {
    if (!text.includes('\t') && !bang) return text;
    let column = 0;
    return text.replace(/[ \t]+|[^ \t]+/g, (part) => {
      if (!/^[ \t]/.test(part)) {
        column += part.length;
        return part;
      }
      const start = column;
      for (const char of part) column += char === '\t' ? old - (column % old) : 1;
      if (!part.includes('\t') && !bang) return part;
      if (buffer.options.expandtab) return ' '.repeat(column - start);
      const tabs = Math.floor(column / wanted) - Math.floor(start / wanted);
      return tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(column % wanted) : ' '.repeat(column - start);
    });
  });
  if (changed.some((text, at) => text !== buffer.line(first + at))) {
    checkWritable(editor);
    buffer.replace(first, changed.length, changed);
  }
  buffer.options.tabstop = wanted;
  editor.settle();
}

/** `:p`, `:nu` and `:l`. */
export function printLines(how: 'print' | 'number' | 'list'): (editor: Editor, call: ExCall) => Waiting<void> {
  return function* (editor, call) {
    const { first, last } = readArgs(editor, call);
    // What is printed takes the place of the command that was typed.
    editor.executing = '';
    for (let line = first; line <= last; line += 1) {
      const text = editor.buffer.line(line);
      const number = how === 'number' || editor.global.number ? `${String(line + 1).padStart(3)} ` : '';
      editor.printed.push(
        number +
          (how === 'list' ? `${text.replace(/\t/g, '^I')}$` : text.replace(/\t/g, whiteSpace(editor, editor.tabstop))),
      );
    }
    editor.moveTo({ line: last, column: firstNonBlank(editor.buffer.line(last)) });
  };
}
