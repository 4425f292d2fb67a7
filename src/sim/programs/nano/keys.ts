import { firstNonBlank, screenColumn } from '../editor/characters.js';
import * as edit from './edit.js';
import { justify } from './justify.js';
import type { NanoState } from './state.js';

/** As nano counts digits: two at least. */
const wide = (part: number, whole: number): string => String(part).padStart(Math.max(2, String(whole).length));
const share = (part: number, whole: number, width: number): string =>
  `${String(whole === 0 ? 0 : Math.floor((100 * part) / whole)).padStart(width)}%`;

/** Where the cursor is, as ^C and -c tell it. */
export function locationText({ buffer, cursor, line }: NanoState): string {
  const total = buffer.lines.reduce((sum, text) => sum + text.length + 1, -1);
  const before = buffer.lines.slice(0, cursor.line).reduce((sum, text) => sum + text.length + 1, cursor.column);
  const lines = `line ${wide(cursor.line + 1, buffer.count)}/${buffer.count} (${share(cursor.line + 1, buffer.count, 2)})`;
  const { tabstop } = buffer.options;
  const column = screenColumn(line, cursor.column, tabstop) + 1;
  const columns = screenColumn(line, line.length, tabstop) + 1;
  const columnsText = `col ${wide(column, 0)}/${String(columns).padStart(2)} (${share(column, columns, 3)})`;
  return `${lines}, ${columnsText}, char ${wide(before, total)}/${total} (${share(before, total, 2)})`;
}

function location(state: NanoState): void {
  state.say(locationText(state));
}

function toggleMark(state: NanoState): void {
  state.say(state.mark ? 'Mark Unset' : 'Mark Set');
  state.mark = state.mark ? undefined : state.cursor;
}

/** ^A: to the line's beginning; with -A to its first character, and from there to its beginning. */
function home(state: NanoState): void {
  const { line, column } = state.cursor;
  const first = state.has('smarthome') ? firstNonBlank(state.line) : 0;
  state.moveTo({ line, column: column === first ? 0 : first });
}

const end = (state: NanoState): void => state.moveTo({ line: state.cursor.line, column: state.line.length });

function firstLine(state: NanoState): void {
  state.moveTo({ line: 0, column: 0 });
  state.top = 0;
}

/** To the end of the text, which stands on the window's last row. */
function lastLine(state: NanoState): void {
  const line = state.buffer.count - 1;
  state.moveTo({ line, column: state.buffer.line(line).length });
  state.top = Math.max(0, state.buffer.count - state.textRows);
}

/** ^V and ^Y: two lines less than a window; the cursor stays on its row where it can. */
function page(direction: -1 | 1): (state: NanoState) => void {
  return (state) => {
    const amount = Math.max(1, state.textRows - 2);
    const line = state.cursor.line + direction * amount;
    if (line < 0) return firstLine(state);
    if (line >= state.buffer.count) return lastLine(state);
    const row = state.cursor.line - state.top;
    edit.vertical(state, direction * amount);
    state.top = Math.max(0, line - row);
  };
}

const [pageUp, pageDown] = [page(-1), page(1)];
const up = (state: NanoState): void => edit.vertical(state, -1);
const down = (state: NanoState): void => edit.vertical(state, 1);

/** What needs no question, by its key. */
export const SIMPLE_KEYS: ReadonlyMap<string, (state: NanoState) => void> = new Map<string, (state: NanoState) => void>(
  [
    ['\r', edit.newline],
    ['\t', edit.tab],
    ['\x7f', edit.backspace],
    ['\x08', edit.backspace],
    ['<del>', edit.remove],
    ['\x04', edit.remove],
    ['<left>', edit.left],
    ['\x02', edit.left],
    ['<right>', edit.right],
    ['\x06', edit.right],
    ['<up>', up],
    ['\x10', up],
    ['<down>', down],
    ['\x0e', down],
    ['\x01', home],
    ['<home>', home],
    ['\x05', end],
    ['<end>', end],
    ['<pageup>', pageUp],
    ['\x19', pageUp],
    ['<pagedown>', pageDown],
    ['\x16', pageDown],
    ['M-\\', firstLine],
    ['M-/', lastLine],
    ['\x0a', justify],
    ['\x0b', edit.cut],
    ['M-6', edit.copy],
    ['\x15', (state) => edit.insert(state, state.cutText.join('\n'))],
    ['\x1e', toggleMark],
    ['M-a', toggleMark],
    ['M-u', (state) => edit.undo(state, 'undo')],
    ['M-e', (state) => edit.undo(state, 'redo')],
    ['\x03', location],
  ],
);
