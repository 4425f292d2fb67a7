import {
  cellsOf,
  columnAtScreen,
  firstNonBlank,
  nextColumn,
  previousColumn,
  screenColumn,
} from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { Beep, EditorError } from '../state/failures.js';
import type { RegisterText } from '../state/registers.js';
import { checkWritable } from '../state/writable.js';
import { reportLines } from './report.js';

/** How a register is put. */
export interface PutOptions {
  readonly register: string | undefined;
  readonly count: number;
  readonly before: boolean;
  /** `gp`: the cursor goes behind what was put. */
  readonly leaveBehind?: boolean;
}

/** `p` and `P`. Throws E353 when there is nothing in the register. */
export function put(editor: Editor, options: PutOptions): void {
  const text = editor.registers.get(options.register);
  if (!text) {
    if (options.register === undefined || options.register === '"')
      throw new EditorError('E353: Nothing in register "');
    throw new EditorError(`E353: Nothing in register ${options.register}`);
  }
  checkWritable(editor);
  putText(editor, text, options);
}

/** Puts a text at the cursor. */
export function putText(editor: Editor, text: RegisterText, options: PutOptions): void {
  if (options.count * text.lines.length > 5_000_000) throw new Beep();
  const before = editor.buffer.count;
  if (text.kind === 'line') putLines(editor, text.lines, options);
  else if (text.kind === 'block') putBlock(editor, text.lines, options);
  else putCharacters(editor, text.lines, options);
  reportLines(editor, editor.buffer.count - before);
}

function putLines(editor: Editor, lines: readonly string[], { count, before, leaveBehind }: PutOptions): void {
  const { buffer } = editor;
  const all = Array.from({ length: count }, () => lines).flat();
  const at = editor.cursor.line + (before ? 0 : 1);
  buffer.insertLines(at, all);
  buffer.marks.set('[', { line: at, column: 0 });
  buffer.marks.set(']', { line: at + all.length - 1, column: 0 });
  if (leaveBehind) editor.moveTo({ line: Math.min(at + all.length, buffer.count - 1), column: 0 });
  else editor.moveTo({ line: at, column: firstNonBlank(buffer.line(at)) });
}

function putCharacters(editor: Editor, lines: readonly string[], options: PutOptions): void {
  const { buffer, line, cursor } = editor;
  const { count, before, leaveBehind } = options;
  const at = before || line === '' ? cursor.column : nextColumn(line, cursor.column);
  const [head, tail] = [line.slice(0, at), line.slice(at)];
  if (lines.length === 1) {
    const added = (lines[0] as string).repeat(count);
    buffer.setLine(cursor.line, head + added + tail);
    const end = at + added.length;
    buffer.marks.set('[', { line: cursor.line, column: at });
    buffer.marks.set(']', { line: cursor.line, column: Math.max(at, end - 1) });
    const whole = buffer.line(cursor.line);
    editor.moveTo({ line: cursor.line, column: leaveBehind || added === '' ? end : previousColumn(whole, end) });
    return;
  }
  const repeated = Array.from({ length: count - 1 }).reduce<string[]>(
    (all) => [...all.slice(0, -1), (all.at(-1) ?? '') + (lines[0] ?? ''), ...lines.slice(1)],
    [...lines],
  );
  const lastLength = (repeated.at(-1) as string).length;
  repeated[0] = head + (repeated[0] as string);
  repeated[repeated.length - 1] += tail;
  buffer.replace(cursor.line, 1, repeated);
  const end = { line: cursor.line + repeated.length - 1, column: lastLength };
  buffer.marks.set('[', { line: cursor.line, column: at });
  buffer.marks.set(']', { ...end, column: Math.max(0, end.column - 1) });
  editor.moveTo(leaveBehind ? end : { line: cursor.line, column: at });
}

function putBlock(editor: Editor, lines: readonly string[], { count, before, leaveBehind }: PutOptions): void {
  const { buffer, cursor, line, tabstop } = editor;
  const at = before || line === '' ? cursor.column : nextColumn(line, cursor.column);
  const wanted = screenColumn(line, at, tabstop);
  const width = Math.max(...lines.map((each) => cellsOf(each)));
  const changed = lines.map((each, row) => {
    const text = cursor.line + row < buffer.count ? buffer.line(cursor.line + row) : '';
    const missing = wanted - screenColumn(text, text.length, tabstop);
    const padded = missing > 0 ? text + ' '.repeat(missing) : text;
    const column = columnAtScreen(padded, wanted, tabstop);
    const tail = padded.slice(column);
    const block = each + ' '.repeat(width - cellsOf(each));
    const added = tail === '' ? block.repeat(count - 1) + each : block.repeat(count);
    return padded.slice(0, column) + added + tail;
  });
  buffer.replace(cursor.line, Math.min(changed.length, buffer.count - cursor.line), changed);
  const end = { line: cursor.line + changed.length - 1, column: at + width * count };
  editor.moveTo(leaveBehind ? end : { line: cursor.line, column: at });
}
