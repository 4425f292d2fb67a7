import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank, lastColumn } from '../../editor/characters.js';
import { insertText } from '../insert/insert-mode.js';
import type { Editor } from '../state/editor.js';
import { checkWritable } from '../state/writable.js';
import { runFilterTyped } from './filter.js';
import { formatLines } from './format.js';
import { indentOf, reindent, shiftLines, whiteSpace } from './indent.js';
import type { Region } from './region.js';
import { blockColumns, cut, lineRange, textOf } from './region.js';
import { reportCount, reportLines } from './report.js';

/** What an operator is told beside the region. */
export interface OperatorArgs {
  readonly register: string | undefined;
  readonly count: number;
  /** The motion was one of those after which even small deletions push the numbered registers on. */
  readonly numbered: boolean;
}

type Operator = (editor: Editor, region: Region, args: OperatorArgs) => Waiting<void>;

const isEmpty = ({ kind, start, end }: Region): boolean =>
  kind === 'char' && start.line === end.line && start.column >= end.column;

function* remove(editor: Editor, region: Region, { register, numbered }: OperatorArgs): Waiting<void> {
  checkWritable(editor);
  if (isEmpty(region) || (region.kind === 'line' && editor.buffer.noLines)) return editor.moveTo(region.start);
  const before = editor.buffer.count;
  const taken = textOf(editor, region);
  editor.registers.remove(register, taken, numbered);
  editor.cursor =
    region.kind === 'line' && !region.visual ? { line: region.start.line, column: editor.cursor.column } : region.start;
  const emptied = region.kind === 'line' && lineRange(region).count === before;
  cut(editor, region);
  const mark = editor.buffer.clamp(region.start);
  editor.buffer.marks.set('[', mark).set(']', mark);
  if (region.kind === 'line') {
    const line = Math.min(region.start.line, editor.buffer.count - 1);
    editor.moveTo({ line, column: firstNonBlank(editor.buffer.line(line)) });
    if (emptied) editor.say('--No lines in buffer--');
    else reportLines(editor, editor.buffer.count - before);
  } else if (region.kind === 'block') {
    editor.moveTo({ line: region.start.line, column: blockColumns(editor, region.start.line, region).from });
  } else {
    editor.moveTo(region.start);
    reportLines(editor, editor.buffer.count - before);
  }
}

function* yank(editor: Editor, region: Region, { register }: OperatorArgs): Waiting<void> {
  const taken = textOf(editor, region);
  editor.registers.yank(register, taken);
  const { count } = lineRange(region);
  const block = region.kind === 'block' ? 'block of ' : '';
  const into = register && register !== '"' ? ` into "${register}` : '';
  reportCount(editor, count, (lines) => `${block}${lines} lines yanked${into}`);
  editor.buffer.marks.set('[', region.start);
  editor.buffer.marks.set(']', { line: region.end.line, column: Math.max(0, region.end.column - 1) });
  if (region.kind === 'block')
    editor.moveTo({ line: region.start.line, column: blockColumns(editor, region.start.line, region).from });
  else editor.moveTo(region.start);
}

function* change(editor: Editor, region: Region, args: OperatorArgs): Waiting<void> {
  checkWritable(editor);
  if (region.kind === 'line') {
    const { first, count } = lineRange(region);
    editor.registers.remove(args.register, textOf(editor, region), args.numbered);
    editor.cursor = { line: first, column: editor.cursor.column };
    const { autoindent, indents } = editor.buffer.options;
    const kept = autoindent && indents === 'plain' ? whiteSpace(editor, indentOf(editor, first)) : '';
    editor.buffer.replace(first, count, [kept]);
    editor.mode = 'insert';
    editor.moveTo({ line: first, column: kept.length });
    if (indents === 'yaml') return yield* insertText(editor, { count: 1, reindents: true });
    return yield* insertText(editor, { count: 1, autoIndented: kept !== '' });
  }
  if (region.kind === 'block') {
    const { from } = blockColumns(editor, region.start.line, region);
    yield* remove(editor, region, args);
    editor.mode = 'insert';
    editor.moveTo({ line: region.start.line, column: from });
    const block = { first: region.start.line, last: region.end.line, left: region.left, pads: false, reaches: true };
    return yield* insertText(editor, { count: 1, block });
  }
  if (!isEmpty(region)) {
    editor.registers.remove(args.register, textOf(editor, region), args.numbered);
    editor.cursor = region.start;
    cut(editor, region);
  }
  editor.mode = 'insert';
  editor.moveTo(region.start);
  yield* insertText(editor, { count: 1 });
}

function shift(direction: -1 | 1): Operator {
  return function* (editor, region, { count }) {
    checkWritable(editor);
    const { first, last, count: lines } = lineRange(region);
    const amount = region.visual ? count : 1;
    editor.cursor = { line: first, column: editor.cursor.column };
    if (region.kind === 'block' && region.visual) shiftBlock(editor, region, direction * amount);
    else shiftLines(editor, first, last, direction * amount);
    const column =
      region.kind === 'block' ? blockColumns(editor, first, region).from : firstNonBlank(editor.buffer.line(first));
    editor.moveTo({ line: first, column });
    reportCount(
      editor,
      lines,
      (all) => `${all} lines ${direction > 0 ? '>' : '<'}ed ${amount} time${amount === 1 ? '' : 's'}`,
    );
  };
}

function shiftBlock(editor: Editor, region: Region, amount: number): void {
  const { first, last } = lineRange(region);
  for (let line = first; line <= last; line += 1) {
    const text = editor.buffer.line(line);
    const { from } = blockColumns(editor, line, region);
    if (from >= text.length) continue;
    const width = Math.abs(amount) * editor.shiftWidth;
    if (amount > 0) editor.buffer.setLine(line, text.slice(0, from) + whiteSpace(editor, width) + text.slice(from));
    else {
      const blanks = /^[ \t]*/.exec(text.slice(from))?.[0].length ?? 0;
      editor.buffer.setLine(line, text.slice(0, from) + text.slice(from + Math.min(width, blanks)));
    }
  }
}

/** Changes the characters of a region one by one. */
export function mapCharacters(editor: Editor, region: Region, map: (text: string) => string): void {
  checkWritable(editor);
  editor.cursor =
    region.kind === 'line' && !region.visual ? { line: region.start.line, column: editor.cursor.column } : region.start;
  const { start, end, kind } = region;
  const lines = editor.buffer.lines.slice(start.line, end.line + 1).map((text, at) => {
    const line = start.line + at;
    const block = kind === 'block' ? blockColumns(editor, line, region) : undefined;
    const from = block ? block.from : kind === 'char' && line === start.line ? start.column : 0;
    const to = block ? block.to : kind === 'char' && line === end.line ? end.column : text.length;
    return text.slice(0, from) + map(text.slice(from, to)) + text.slice(to);
  });
  editor.buffer.replace(start.line, lines.length, lines);
}

/** Turns capitals into small letters and the other way round. */
export function swapCase(text: string): string {
  return [...text].map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join('');
}

function changeCase(map: (text: string) => string): Operator {
  return function* (editor, region) {
    mapCharacters(editor, region, map);
    const { first } = lineRange(region);
    if (region.kind === 'block') editor.moveTo({ line: first, column: blockColumns(editor, first, region).from });
    else if (region.kind === 'line')
      editor.moveTo(
        editor.buffer.clamp({ line: first, column: region.visual ? region.start.column : region.start.column }),
      );
    else editor.moveTo(region.start);
    if (!region.visual) reportCount(editor, lineRange(region).count, (count) => `${count} lines changed`);
  };
}

const shifts = { '>': shift(1), '<': shift(-1) };
const rotated = (text: string): string =>
  text.replace(/[a-z]/gi, (char) => {
    const base = char <= 'Z' ? 65 : 97;
    return String.fromCharCode(((char.charCodeAt(0) - base + 13) % 26) + base);
  });

/** Every operator by its key. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['d', remove],
  ['y', yank],
  ['c', change],
  ['>', shifts['>']],
  ['<', shifts['<']],
  [
    '=',
    function* (editor, region) {
      const { first, last, count } = lineRange(region);
      checkWritable(editor);
      editor.cursor = { line: first, column: editor.cursor.column };
      reindent(editor, first, last);
      editor.moveTo({
        line: first,
        column: Math.min(firstNonBlank(editor.buffer.line(first)), lastColumn(editor.buffer.line(first))),
      });
      reportCount(editor, count, (lines) => `${lines} lines indented `);
    },
  ],
  ['g~', changeCase(swapCase)],
  ['gu', changeCase((text) => text.toLowerCase())],
  ['gU', changeCase((text) => text.toUpperCase())],
  ['g?', changeCase(rotated)],
  [
    '!',
    function* (editor, region) {
      const { first, last } = lineRange(region);
      yield* runFilterTyped(editor, first, last);
    },
  ],
  [
    'gq',
    function* (editor, region) {
      const { first, last } = lineRange(region);
      checkWritable(editor);
      editor.cursor = { line: first, column: 0 };
      formatLines(editor, first, last);
    },
  ],
]);
