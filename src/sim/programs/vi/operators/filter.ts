import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank } from '../../editor/characters.js';
import { askLine } from '../ex/command-line.js';
import { expandBang, runFilter } from '../ex/shell.js';
import type { Editor } from '../state/editor.js';
import { checkWritable } from '../state/writable.js';
import { reportCount } from './report.js';

/** Lines go through a command and give way to what it writes. */
export function* filterLines(editor: Editor, first: number, last: number, command: string): Waiting<void> {
  checkWritable(editor);
  const { buffer } = editor;
  const input = buffer.lines.slice(first, last + 1);
  const { output, status } = yield* runFilter(editor, expandBang(editor, command), `${input.join('\n')}\n`);
  const lines = output === '' ? [] : output.replace(/\n$/, '').split('\n');
  editor.cursor = { line: first, column: 0 };
  buffer.replace(first, last - first + 1, lines);
  const line = Math.min(first, buffer.count - 1);
  editor.moveTo({ line, column: firstNonBlank(buffer.line(line)) });
  reportCount(editor, input.length, (count) => `${count} lines filtered`);
  if (status !== 0) editor.printed.push('', `shell returned ${status}`);
}

/** `!` and a motion: the command is typed after the range. */
export function* runFilterTyped(editor: Editor, first: number, last: number): Waiting<void> {
  const { line } = editor.cursor;
  const from = first === line ? '.' : String(first + 1);
  const to =
    last === line
      ? ''
      : last === editor.buffer.count - 1
        ? ',$'
        : first === line
          ? `,.+${last - first}`
          : `,${last + 1}`;
  const typed = yield* askLine(editor, ':', `${from}${to}!`);
  if (typed === undefined) return;
  editor.echo(`:${typed}`);
  yield* editor.runEx(typed);
}
