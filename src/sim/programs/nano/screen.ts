import { cellsOf, nextColumn, screenColumn, shownAs } from '../editor/characters.js';
import { PaintedRows } from '../editor/painted-rows.js';
import { helpLines } from './help-lines.js';
import { locationText } from './keys.js';
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
  private readonly screen = new PaintedRows();
  private text: readonly string[] | undefined;

  forget(): void {
    this.screen.forget();
    this.text = undefined;
  }

  /** What was typed ahead of a question is shown when it is answered, except where the question is about a place. */
  private textRows(state: NanoState, prompt: Prompt | undefined): readonly string[] {
    if (!this.text || !prompt || prompt.menu === 'replaceYesNo')
      this.text = Array.from({ length: state.textRows }, (_, row) => textRow(state, state.top + row));
    return this.text;
  }

  draw(state: NanoState, prompt: Prompt | undefined): string {
    follow(state);
    const { columns, rows } = state;
    const text = this.textRows(state, prompt);
    const help = state.has('nohelp') ? [] : helpLines(prompt?.menu ?? 'main', columns);
    const empty = state.has('emptyline') ? [''] : [];
    const all = [titleBar(state), ...empty, ...text, statusRow(state, prompt), ...help].slice(0, Math.max(rows, 1));
    const shown = rows < 4 ? text.slice(0, rows) : all;
    const output = this.screen.update(
      shown.map((row) => ({ text: row, width: cellsOf(row.replace(/\x1b\[\d*m/g, '')) })),
      columns,
    );
    return output + this.screen.place(cursorOf(state, prompt));
  }
}

/** The first row; with the columns of its flags: autoindent, mark. */
function titleBar(state: NanoState): string {
  const { columns, buffer, mark } = state;
  const left = `  ${VERSION}`;
  const name = buffer.name ?? 'New Buffer';
  const views = state.has('view');
  const start = Math.max(left.length + 2, Math.floor((columns + (views ? 8 : 5) - name.length) / 2));
  const title = `${left.padEnd(start)}${name}${buffer.modified ? ' *' : ''}`;
  const flags = views ? 'View' : `${state.has('autoindent') ? 'I' : ' '}${mark ? 'M' : ' '}`;
  const behind = views ? 2 : 5;
  const line = `${title.slice(0, columns).padEnd(Math.max(0, columns - behind - flags.length))}${flags}`;
  return `${REVERSE}${line.slice(0, columns).padEnd(columns)}${PLAIN}`;
}

/** How far a long line is shown scrolled sideways. */
function leftOf(state: NanoState): number {
  const column = screenColumn(state.line, state.cursor.column, state.buffer.options.tabstop);
  const columns = state.columns - state.margin;
  if (column === 0 || column + 2 < columns) return 0;
  return columns > 8 ? column - 6 - ((column - 6) % (columns - 8)) : Math.max(0, column - (columns - 2));
}

function textRow(state: NanoState, line: number): string {
  if (line >= state.buffer.count) return '';
  const text = state.buffer.line(line);
  const columns = state.columns - state.margin;
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
  if (state.margin === 0) return shown;
  return `${REVERSE}${String(line + 1).padStart(state.margin - 1)}${PLAIN} ${shown}`;
}

function statusRow(state: NanoState, prompt: Prompt | undefined): string {
  const { columns } = state;
  if (prompt) {
    const text = `${prompt.label}${prompt.menu.endsWith('esNo') ? '' : ' '}${prompt.answer}`;
    return `${REVERSE}${text.slice(-columns).padEnd(columns)}${PLAIN}`;
  }
  const says = state.status?.text ?? (state.has('constantshow') ? locationText(state) : undefined);
  if (says === undefined) return '';
  const text = `[ ${says} ]`.slice(0, columns);
  return `${' '.repeat(Math.max(0, Math.floor((columns - text.length) / 2)))}${REVERSE}${text}${PLAIN}`;
}

/** Scrolls when the cursor has left the window: as far as is needed, or by half a window. */
function follow(state: NanoState): void {
  const { line } = state.cursor;
  const last = state.top + state.textRows - 1;
  if (line >= state.top && line <= last) return;
  const edge = line < state.top ? line : line - state.textRows + 1;
  state.top = Math.max(0, state.follows === 'edge' ? edge : line - Math.floor(state.textRows / 2));
}

function cursorOf(state: NanoState, prompt: Prompt | undefined): { row: number; column: number } {
  const last = state.columns - 1;
  if (prompt) {
    const width = prompt.label.length + prompt.answer.length + (prompt.menu.endsWith('esNo') ? 0 : 1);
    return { row: Math.max(0, state.rows - (state.has('nohelp') ? 1 : 3)), column: Math.min(last, width) };
  }
  const column = screenColumn(state.line, state.cursor.column, state.buffer.options.tabstop) - leftOf(state);
  return {
    row: Math.min(state.rows - 1, state.cursor.line - state.top + state.firstRow),
    column: Math.max(0, Math.min(last, column + state.margin)),
  };
}
