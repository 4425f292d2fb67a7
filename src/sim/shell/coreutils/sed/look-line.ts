import { textToBytes } from '../../format/byte-text.js';

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** What sed's `l` prints: no doubt about any byte, lines folded at `width` (0 and 1: not). */
export function lookLine(text: string, width: number): string {
  let result = '';
  let column = 0;
  for (const char of text) {
    const pieces = NAMED[char] ?? (char >= ' ' && char <= '~' ? char : undefined);
    const shown =
      pieces === undefined ? [...textToBytes(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`) : [pieces];
    for (const piece of shown) {
      if (width > 1 && column + piece.length > width - 1) {
        result += '\\\n';
        column = 0;
      }
      result += piece;
      column += piece.length;
    }
  }
  return `${result}$\n`;
}
