import stringWidth from 'string-width';

/** A place in a text: line and UTF-16 column, both from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Which of two places comes first: negative when the first does. */
export function compare(one: Position, other: Position): number {
  return one.line - other.line || one.column - other.column;
}

const COMBINING = /^\p{M}$/u;

/** The column behind the character that begins at `column`, combining marks included. */
export function nextColumn(line: string, column: number): number {
  const code = line.codePointAt(column);
  if (code === undefined) return column;
  let at = column + (code > 0xffff ? 2 : 1);
  while (at < line.length && line.charCodeAt(at) >= 0x300 && COMBINING.test(line.charAt(at))) at += 1;
  return at;
}

/** The column at which the character before `column` begins. */
export function previousColumn(line: string, column: number): number {
  let at = column;
  do {
    at -= 1;
    const code = line.charCodeAt(at);
    if (code >= 0xdc00 && code <= 0xdfff && at > 0) at -= 1;
  } while (at > 0 && line.charCodeAt(at) >= 0x300 && COMBINING.test(line.charAt(at)));
  return Math.max(0, at);
}

/** The whole character at a column; empty behind the end. */
export function characterAt(line: string, column: number): string {
  return line.slice(column, nextColumn(line, column));
}

/** Where the last character of a line begins; 0 for an empty line. */
export function lastColumn(line: string): number {
  return line === '' ? 0 : previousColumn(line, line.length);
}

/** What vim's word motions tell apart: 0 blanks, 1 punctuation, 2 letters, digits and `_`, 3 and more other scripts. */
export function characterClass(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (char === '' || code === 0x20 || code === 0x09 || code === 0xa0) return 0;
  if (code < 0x100) return /[0-9A-Za-z_\u00b5\u00c0-\u00ff]/.test(char) ? 2 : 1;
  if (/\p{Script=Han}/u.test(char)) return 3;
  if (/\p{Script=Hiragana}/u.test(char)) return 4;
  if (/\p{Script=Katakana}/u.test(char)) return 5;
  if (/\p{Extended_Pictographic}/u.test(char)) return 6;
  return /[\p{P}\p{S}\p{Z}]/u.test(char) ? 1 : 2;
}

/** How a character looks on the screen when it stands at screen column `column`: `^A` for control characters, blanks for tabs. */
export function shownAs(char: string, column: number, tabstop: number): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return char;
  if (code === 0x09) return ' '.repeat(tabstop - (column % tabstop));
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`;
  if (code === 0x7f) return '^?';
  if (code < 0xa0) return `<${code.toString(16)}>`;
  return char;
}

/** How many columns something shown takes. */
export function cellsOf(shown: string): number {
  return shown.length === 1 && shown.charCodeAt(0) < 0x300
    ? 1
    : /^[\x20-\x7e]*$/.test(shown)
      ? shown.length
      : stringWidth(shown);
}

/** The screen column (from 0, without wrapping) at which the character at `column` begins. */
export function screenColumn(line: string, column: number, tabstop: number): number {
  if (!/[^\x20-\x7e]/.test(line.slice(0, column))) return Math.min(column, line.length);
  let shown = 0;
  for (let at = 0; at < column && at < line.length; ) {
    const next = nextColumn(line, at);
    shown += cellsOf(shownAs(line.slice(at, next), shown, tabstop));
    at = next;
  }
  return shown;
}

/** The screen column of the last cell of the character at `column`: where the cursor stands on a tab. */
export function lastCell(line: string, column: number, tabstop: number): number {
  const start = screenColumn(line, column, tabstop);
  return start + Math.max(1, cellsOf(shownAs(characterAt(line, column), start, tabstop))) - 1;
}

/** The character that covers a screen column, or the last one; behind the end gives the length. */
export function columnAtScreen(line: string, wanted: number, tabstop: number): number {
  let shown = 0;
  for (let at = 0; at < line.length; ) {
    const next = nextColumn(line, at);
    shown += cellsOf(shownAs(line.slice(at, next), shown, tabstop));
    if (shown > wanted) return at;
    at = next;
  }
  return line.length;
}

/** The column of the first character that is no blank; the line's length when there is none. */
export function firstNonBlank(line: string): number {
  const found = line.search(/[^ \t]/);
  return found < 0 ? line.length : found;
}

/** How many UTF-8 bytes a text has. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
