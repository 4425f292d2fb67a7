import { Screen } from '../vi/screen/screen.js';
import { cellsOf, nextColumn, screenColumn, shownAs } from '../vi/text/characters.js';
import { helpLines } from './help-lines.js';
import type { NanoState } from './state.js';

const VERSION = 'GNU nano 7.2';
const REVERSE = '\x1b[7m';
const PLAIN = '\x1b[m';

/** A question on the bottom line. */
export interface Prompt {
  readonly menu: string;
  readonly label: string;
  readonly answer: string;
}

/** What nano shows: title, text, status or question, two lines of help. */
export class NanoScreen {
  private readonly screen = new Screen();

  forget(): void {
    this.screen.forget();
  }

  draw(state: NanoState, prompt: Prompt | undefined): string {
    follow(state);
    const { columns, rows, textRows, top, buffer } = state;
    const text = Array.from({ length: textRows }, (_, row) => textRow(state, top + row));
    const [first, second] = helpLines(prompt?.menu ?? 'main', columns);
    const all = [titleBar(state), ...text, statusRow(state, prompt), first, second].slice(0, Math.max(rows, 1));
    const shown = rows < 4 ? text.slice(0, rows) : all;
    const output = this.screen.update(
      shown.map((row) => ({ text: row, width: cellsOf(row.replace(/\x1b\[\d*m/g, '')) })),
      columns,
    );
    void buffer;
    return output + this.screen.place(cursorOf(state, prompt));
  }
}

function titleBar({ columns, buffer, mark, readonlyView }: NanoState): string {
  const left = `  ${VERSION}`;
  const name = `${buffer.name ?? 'New Buffer'}${buffer.modified ? ' *' : ''}`;
  const state = readonlyView ? 'View' : mark ? 'M' : '';
  const start = Math.max(left.length + 2, Math.floor((columns + 5 - (buffer.name ?? 'New Buffer').length) / 2));
  const line = `${left.padEnd(start)}${name}`.slice(0, columns);
  return (
    `${REVERSE}${line.padEnd(Math.max(0, columns - state.length - 5))}${state.padEnd(Math.min(columns, state.length + 5))}`.slice(
      0,
      columns + REVERSE.length,
    ) + PLAIN
  );
}

/** How far a long line is shown scrolled sideways. */
function leftOf(state: NanoState): number {
  const column = screenColumn(state.line, state.cursor.column, state.buffer.options.tabstop);
  const { columns } = state;
  if (column < columns - 1) return 0;
  const step = Math.max(1, columns - 8);
  return column - 7 - ((column - 8) % step);
}

function textRow(state: NanoState, line: number): string {
  if (line >= state.buffer.count) return '';
  const text = state.buffer.line(line);
  const { columns } = state;
  const left = line === state.cursor.line ? leftOf(state) : 0;
  let shown = '';
  let column = 0;
  for (let at = 0; at < text.length && column < left + columns; ) {
    const next = nextColumn(text, at);
    const cell = shownAs(text.slice(at, next), column, state.buffer.options.tabstop);
    for (const part of cell.length > 1 && cell !== text.slice(at, next) ? cell : [cell]) {
      if (column >= left && column < left + columns) shown += part;
      column += cellsOf(part);
    }
    at = next;
  }
  const width = screenColumn(text, text.length, state.buffer.options.tabstop);
  if (left > 0) shown = `${REVERSE}<${PLAIN}${shown.slice(1)}`;
  if (width > left + columns) shown = `${shown.slice(0, -1)}${REVERSE}>${PLAIN}`;
  return shown;
}

function statusRow({ status, columns }: NanoState, prompt: Prompt | undefined): string {
  if (prompt) {
    const text = `${prompt.label}${prompt.menu.endsWith('esNo') ? '' : ' '}${prompt.answer}`;
    return `${REVERSE}${text.slice(-columns).padEnd(columns)}${PLAIN}`;
  }
  if (!status) return '';
  const text = `[ ${status.text} ]`.slice(0, columns);
  return `${' '.repeat(Math.max(0, Math.floor((columns - text.length) / 2)))}${REVERSE}${text}${PLAIN}`;
}

/** Scrolls by half a window when the cursor has left it. */
function follow(state: NanoState): void {
  const { line } = state.cursor;
  if (line < state.top || line >= state.top + state.textRows)
    state.top = Math.max(0, line - Math.floor(state.textRows / 2));
}

function cursorOf(state: NanoState, prompt: Prompt | undefined): { row: number; column: number } {
  const last = state.columns - 1;
  if (prompt) {
    const width = prompt.label.length + prompt.answer.length + (prompt.menu.endsWith('esNo') ? 0 : 1);
    return { row: Math.max(0, state.rows - 3), column: Math.min(last, width) };
  }
  const column = screenColumn(state.line, state.cursor.column, state.buffer.options.tabstop) - leftOf(state);
  return {
    row: Math.min(state.rows - 1, state.cursor.line - state.top + 1),
    column: Math.max(0, Math.min(last, column)),
  };
}
