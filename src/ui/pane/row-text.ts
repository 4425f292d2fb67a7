import type { IBuffer, IBufferCell } from '@xterm/headless';
import stringWidth from 'string-width';
import { cellStyle } from './cell-style.js';
import type { RowMark } from './pane-search.js';

const RESET = '\x1b[0m';
const ASCII = /^[\x20-\x7e]$/;

/** One row of a terminal's screen as text with SGR sequences, exactly as wide as the screen or less. */
export function rowText(
  buffer: IBuffer,
  row: number,
  columns: number,
  {
    colours,
    cursor,
    marks = [],
  }: {
    readonly colours: boolean;
    readonly cursor: number | undefined;
    readonly marks?: readonly RowMark[] | undefined;
  },
): string {
  const line = buffer.getLine(row);
  const last = cursor === undefined ? -1 : cursor;
  let text = '';
  let style = '';
  let blanks = '';
  let cell: IBufferCell | undefined;
  for (let column = 0; column < columns; column += 1) {
    cell = line?.getCell(column, cell);
    const width = cell?.getWidth() ?? 1;
    if (width === 0) continue;
    // Half of a wide one has no room at the edge.
    const characters = column + width > columns ? ' ' : visible(cell?.getChars() ?? '', width);
    let wanted = cell ? cellStyle(cell, colours) : '';
    if (marks.length > 0) wanted = markStyle(marks, column, colours) ?? wanted;
    if (column === cursor) wanted = inverted(wanted);
    if (characters === ' ' && wanted === '' && column > last) {
      blanks += style === '' ? ' ' : '';
      if (style !== '') {
        text += RESET;
        style = '';
        blanks = ' ';
      }
      continue;
    }
    text += blanks;
    blanks = '';
    if (wanted !== style) {
      text += style === '' ? '' : RESET;
      text += wanted === '' ? '' : `\x1b[${wanted}m`;
      style = wanted;
    }
    text += characters;
  }
  return style === '' ? text : text + RESET;
}

/** How a cell of a match looks, whatever it looked like before. */
function markStyle(marks: readonly RowMark[], column: number, colours: boolean): string | undefined {
  const mark = marks.find(({ from, to }) => column >= from && column < to);
  if (!mark) return undefined;
  if (!colours) return mark.current ? '1;4;7' : '7';
  return mark.current ? '1;30;46' : '30;43';
}

/** What a cell shows; where the outer terminal might think it another width, a sign of the right one. */
function visible(characters: string, width: number): string {
  if (characters === '') return ' '.repeat(width);
  if (ASCII.test(characters)) return characters;
  return stringWidth(characters) === width ? characters : '?'.repeat(width);
}

function inverted(style: string): string {
  const codes = style.split(';').filter((code) => code !== '');
  return codes.includes('7') && !codes.includes('38') && !codes.includes('48')
    ? codes.filter((code) => code !== '7').join(';')
    : [...codes, '7'].join(';');
}
