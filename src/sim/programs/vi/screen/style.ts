import { cellsOf } from '../../editor/characters.js';

const ASTRAL = /[\u{1f000}-\u{1ffff}]/u;

/** How a cell looks; vim's own colours on a terminal of eight. */
export type Style =
  | 'plain'
  | 'selected'
  | 'match'
  | 'current'
  | 'number'
  | 'beyond'
  | 'special'
  | 'error'
  | 'mode'
  | 'question';

const ON: Readonly<Record<Style, string>> = {
  plain: '',
  selected: '\x1b[7m',
  match: '\x1b[30;43m',
  current: '\x1b[7m',
  number: '\x1b[33m',
  beyond: '\x1b[1;34m',
  special: '\x1b[34m',
  error: '\x1b[37;41m',
  mode: '\x1b[1m',
  question: '\x1b[32m',
};
const OFF = '\x1b[m';

/** A piece of a row. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
}

/** A row of the screen as what a terminal is sent. */
export function rowText(pieces: readonly Piece[]): string {
  const row = pieces.map(({ text, style }) => (style === 'plain' ? text : `${ON[style]}${text}${OFF}`)).join('');
  return ASTRAL.test(row) ? placed(pieces) : row;
}

/** Terminals do not agree how wide emoji are: behind each the column is set. */
function placed(pieces: readonly Piece[]): string {
  let column = 0;
  return pieces
    .map(({ text, style }) => {
      const shown = [...text].map((char) => {
        column += cellsOf(char);
        return ASTRAL.test(char) ? `${char}\x1b[${column + 1}G` : char;
      });
      return style === 'plain' ? shown.join('') : `${ON[style]}${shown.join('')}${OFF}`;
    })
    .join('');
}

/** Adds a text to a row, joined to the last piece when that looks alike. */
export function addPiece(pieces: Piece[], text: string, style: Style): void {
  if (text === '') return;
  const last = pieces.at(-1);
  if (last?.style === style) pieces[pieces.length - 1] = { text: last.text + text, style };
  else pieces.push({ text, style });
}
