import { graphemes, type Line, type Span, textWidth } from './line.js';

/** Breaks a line at blanks so that no row is wider than `columns`; rows after the first begin with `indent` blanks. */
export function wrapLine(line: Line, columns: number, indent = 0): Line[] {
  const room = Math.max(1, columns);
  const hang = Math.min(indent, Math.max(0, room - 8));
  const rows: Span[][] = [[]];
  let width = 0;
  let full = false;
  const breakRow = (): void => {
    const last = rows.at(-1)?.at(-1);
    if (last && /^ +$/.test(last.text)) rows.at(-1)?.pop();
    rows.push(hang > 0 ? [{ text: ' '.repeat(hang) }] : []);
    width = hang;
  };
  const put = (span: Span): void => {
    rows.at(-1)?.push(span);
    width += textWidth(span.text);
  };
  for (const word of words(line)) {
    const wordWidth = word.reduce((sum, { text }) => sum + textWidth(text), 0);
    const blank = word.every(({ text }) => /^\s*$/.test(text));
    if (width + wordWidth <= room && !full) {
      if (!blank || width > hang || rows.length === 1) for (const span of word) put(span);
      continue;
    }
    if (blank) {
      // Blanks that find no room are where the row breaks, though a short word might still fit behind them.
      full = true;
      continue;
    }
    if (width > hang) breakRow();
    full = false;
    if (wordWidth <= room - width) for (const span of word) put(span);
    else
      for (const { text, ...style } of word)
        for (const grapheme of graphemes(text)) {
          if (width + textWidth(grapheme) > room && width > hang) breakRow();
          put({ text: grapheme, ...style });
        }
  }
  return rows;
}

/** A line as words and the blanks between them; a word may have several styles. */
function words(line: Line): Span[][] {
  const found: Span[][] = [];
  let blankBefore = true;
  for (const { text, ...style } of line) {
    for (const piece of text.split(/(\s+)/).filter((part) => part !== '')) {
      const blank = /^\s/.test(piece);
      if (blank || blankBefore) found.push([{ text: blank ? piece.replace(/\s/g, ' ') : piece, ...style }]);
      else found.at(-1)?.push({ text: piece, ...style });
      blankBefore = blank;
    }
  }
  return found;
}
