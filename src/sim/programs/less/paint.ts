import type { Cell } from './cells.js';
import type { Row } from './layout.js';

/** How a row is decorated. */
export interface Decoration {
  /** The line number to show before it. */
  readonly number?: number | undefined;
  /** The mark column: undefined without one. */
  readonly mark?: string | undefined;
  /** Where in the plain line something was found: from, to. */
  readonly found: readonly (readonly [number, number])[];
}

const REVERSE = '\x1b[7m';
const REVERSE_END = '\x1b[27m';
const BOLD = '\x1b[1m';
const UNDERLINE = '\x1b[4m';
const PLAIN = '\x1b[m';
const NUMBER_COLUMNS = 7;

/** A row as the bytes that show it, without the end of the line. */
export function paintRow(row: Row, decoration: Decoration): string {
  let text = '';
  if (decoration.mark !== undefined) text += decoration.mark === ' ' ? '  ' : `${standout(decoration.mark)} `;
  if (decoration.number !== undefined) {
    text += `${BOLD}${String(decoration.number).padStart(NUMBER_COLUMNS)}${PLAIN} `;
  }
  let style = '';
  for (const cell of row.cells) {
    const wanted = styleOf(cell, decoration.found);
    if (wanted !== style) text += `${style === '' ? '' : PLAIN}${wanted}`;
    style = wanted;
    text += cell.text;
  }
  if (style !== '') text += PLAIN;
  return row.chopped ? `${text}${REVERSE}>${REVERSE_END}` : text;
}

function styleOf(cell: Cell, found: Decoration['found']): string {
  const reversed = cell.mark === 'reverse' || found.some(([from, to]) => cell.at >= from && cell.at < to);
  const own = cell.mark === 'bold' ? BOLD : cell.mark === 'underline' ? UNDERLINE : '';
  return `${cell.sgr}${own}${reversed ? REVERSE : ''}`;
}

/** Text in standout, as prompts and messages are shown. */
export function standout(text: string): string {
  return `${REVERSE}${text}${REVERSE_END}`;
}

/** What stands for a row behind the end of the text. */
export const BEYOND = `${BOLD}~${PLAIN}`;
