import { DAY, SECOND } from '../../../kernel/time.js';
import { firstNonBlank, lastColumn } from '../../editor/characters.js';
import type { Undone } from '../../editor/undo.js';
import type { Editor } from '../state/editor.js';

/** `u` and Ctrl-R, so many times; says what changed and when it had been changed. */
export function undo(editor: Editor, count: number, direction: 'undo' | 'redo'): void {
  let done: Undone | undefined;
  const before = editor.buffer.count;
  let [oldLines, newLines] = [0, 0];
  for (let left = count; left > 0; left -= 1) {
    const next = step(editor, direction);
    if (!next) {
      if (!done) return editor.say(direction === 'undo' ? 'Already at oldest change' : 'Already at newest change');
      break;
    }
    oldLines += next.oldLines;
    newLines += next.newLines;
    done = next;
  }
  if (!done) return;
  editor.message = {
    text: `${amount(oldLines, newLines, editor.buffer.count - before)}; ${direction === 'undo' ? 'before' : 'after'} #${done.sequence}  ${age(editor, done)}`,
    error: false,
  };
}

function step(editor: Editor, direction: 'undo' | 'redo'): Undone | undefined {
  const { buffer } = editor;
  let line = Number.POSITIVE_INFINITY;
  let place: { line: number; column: number } | undefined;
  if (buffer.noLines) buffer.lines.length = 0;
  const done = buffer.history[direction](buffer.lines, (top, old, put, last, cursor) => {
    if (top >= line) return;
    if (cursor.line >= top - 1 && cursor.line <= top + put.length) {
      place = cursor;
      line = cursor.line;
      return;
    }
    const differs = put.findIndex((text, at) => at < old.length && text !== old[at]);
    const first = put.slice(0, old.length).every((text, at) => text === old[at]) ? -1 : differs;
    if (first >= 0) line = top + first;
    else if (line === Number.POSITIVE_INFINITY && last) line = top;
    else return;
    place = { line, column: 0 };
  });
  buffer.mend();
  if (!done) return undefined;
  buffer.modified = direction === 'undo' ? done.wasModified : true;
  let target = (place ?? done.cursor).line;
  if (done.cursor.line + 1 === target && target > 0) target -= 1;
  if (target >= buffer.count) editor.moveTo({ line: buffer.count - 1, column: 0 });
  else if (target === done.cursor.line)
    editor.moveTo({ line: target, column: Math.min(done.cursor.column, lastColumn(buffer.line(target))) });
  else editor.moveTo({ line: target, column: firstNonBlank(buffer.line(target)) });
  return done;
}

function amount(oldLines: number, newLines: number, _change: number): string {
  const fewer = oldLines - newLines;
  if (fewer === -1) return '1 more line';
  if (fewer < 0) return `${-fewer} more lines`;
  if (fewer === 1) return '1 line less';
  if (fewer > 1) return `${fewer} fewer lines`;
  return newLines === 1 ? '1 change' : `${newLines} changes`;
}

function age({ sys }: Editor, { at }: Undone): string {
  const span = sys.now() - at;
  const seconds = Math.floor(span / SECOND);
  if (seconds < 100) return seconds === 1 ? '1 second ago' : `${seconds} seconds ago`;
  const time = new Date(at / 1000).toISOString();
  return span < DAY / 2 ? time.slice(11, 19) : `${time.slice(0, 10).replaceAll('-', '/')} ${time.slice(11, 19)}`;
}
