import type { IBuffer, IMarker, Terminal } from '@xterm/headless';

/** A piece of a row that is marked: columns from `from` up to but without `to`. */
export interface RowMark {
  readonly from: number;
  readonly to: number;
  /** The match that was gone to last. */
  readonly current: boolean;
}

/** Which match is in front, the newest counted 1, and how many there are; 0 of 0 when there is none. */
export interface Found {
  readonly at: number;
  readonly of: number;
}

/** A match by its rows of the buffer; one that is wrapped has several pieces. */
type Match = readonly { readonly row: number; readonly from: number; readonly to: number }[];

const NONE: Found = { at: 0, of: 0 };

/**
 * Looks for a text in all rows that a terminal holds. Letters of either case match small ones; a capital in what is
 * looked for matches itself only.
 */
export class PaneSearch {
  private readonly terminal: Terminal;
  private query = '';
  private current: { readonly row: number; readonly column: number; readonly marker: IMarker | undefined } | undefined;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Whether anything is looked for. */
  get active(): boolean {
    return this.query !== '';
  }

  /** Looks for another text; the newest match comes to the front. An empty one ends the search. */
  look(query: string): Found {
    this.query = query;
    this.leave();
    return query === '' ? NONE : this.step('older');
  }

  /** To the match before or after the one in front; behind the last one the first comes again. */
  step(direction: 'older' | 'newer'): Found {
    const { active } = this.terminal.buffer;
    const matches = this.active ? matchesIn(active, 0, active.length, this.query) : [];
    if (matches.length === 0) return NONE;
    const index = direction === 'older' ? this.olderThanCurrent(matches) : this.newerThanCurrent(matches);
    this.goTo(matches[index] as Match);
    return { at: matches.length - index, of: matches.length };
  }

  /** What is marked in rows of the buffer, a list for each. */
  marks(top: number, rows: number): RowMark[][] {
    const marked = Array.from({ length: rows }, (): RowMark[] => []);
    if (!this.active) return marked;
    const { row: currentRow, column } = this.place;
    for (const match of matchesIn(this.terminal.buffer.active, top, top + rows, this.query)) {
      const [first] = match;
      const current = first?.row === currentRow && first.from === column;
      for (const { row, from, to } of match) marked[row - top]?.push({ from, to, current });
    }
    return marked;
  }

  /** Where the match in front begins; rows move up when the oldest ones are given up. */
  private get place(): { readonly row: number; readonly column: number } {
    const { current } = this;
    if (!current) return { row: Infinity, column: 0 };
    return { row: current.marker ? current.marker.line : current.row, column: current.column };
  }

  private olderThanCurrent(matches: readonly Match[]): number {
    const { row, column } = this.place;
    for (let index = matches.length - 1; index >= 0; index -= 1) {
      const [first] = matches[index] as Match;
      if (first && (first.row < row || (first.row === row && first.from < column))) return index;
    }
    return matches.length - 1;
  }

  private newerThanCurrent(matches: readonly Match[]): number {
    const { row, column } = this.place;
    const found = matches.findIndex(
      ([first]) => first && (first.row > row || (first.row === row && first.from > column)),
    );
    return Math.max(0, found);
  }

  private goTo([first]: Match): void {
    this.leave();
    if (!first) return;
    const { terminal } = this;
    const { active } = terminal.buffer;
    const marker = terminal.registerMarker(first.row - active.baseY - active.cursorY);
    this.current = { row: first.row, column: first.from, marker };
    const seen = first.row >= active.viewportY && first.row < active.viewportY + terminal.rows;
    if (!seen) terminal.scrollToLine(Math.max(0, first.row - (terminal.rows >> 1)));
  }

  private leave(): void {
    this.current?.marker?.dispose();
    this.current = undefined;
  }
}

/** All matches that touch the rows from `top` up to but without `end`, the oldest first. */
function matchesIn(buffer: IBuffer, top: number, end: number, query: string): Match[] {
  const matches: Match[] = [];
  const exact = query !== query.toLowerCase();
  let row = top;
  while (row > 0 && buffer.getLine(row)?.isWrapped) row -= 1;
  while (row < Math.min(end, buffer.length)) {
    const texts = [buffer.getLine(row)?.translateToString(false) ?? ''];
    while (buffer.getLine(row + texts.length)?.isWrapped)
      texts.push(buffer.getLine(row + texts.length)?.translateToString(false) ?? '');
    const joined = texts.length === 1 ? (texts[0] as string) : texts.join('');
    const lowered = exact ? joined : joined.toLowerCase();
    // A letter whose small form is longer would move all behind it.
    const text = lowered.length === joined.length ? lowered : joined;
    for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length))
      matches.push(pieces(buffer, row, texts, at, at + query.length));
    row += texts.length;
  }
  return matches;
}

/** The pieces of a match, row by row, in columns. */
function pieces(buffer: IBuffer, row: number, texts: readonly string[], begin: number, end: number): Match {
  const match: { row: number; from: number; to: number }[] = [];
  let offset = 0;
  for (const [index, text] of texts.entries()) {
    const from = Math.max(0, begin - offset);
    const to = Math.min(text.length, end - offset);
    if (from < to)
      match.push({
        row: row + index,
        from: columnOf(buffer, row + index, from),
        to: columnOf(buffer, row + index, to),
      });
    offset += text.length;
  }
  return match;
}

/** The column of a row's character; wide ones take two, and some are several characters in one. */
function columnOf(buffer: IBuffer, row: number, index: number): number {
  const line = buffer.getLine(row);
  let left = index;
  let column = 0;
  while (left > 0 && line && column < line.length) {
    const cell = line.getCell(column);
    left -= cell?.getChars().length || 1;
    column += cell?.getWidth() || 1;
  }
  return column;
}
