/** How cells are laid out; widths count characters. */
export interface TabwriterOptions {
  readonly minWidth: number;
  readonly tabWidth: number;
  readonly padding: number;
  readonly padChar: ' ' | '\t';
  /** Columns never become narrower than they once were, even after a flush. */
  readonly rememberWidths?: boolean;
  /** Columns whose cells are all empty and end in `\v` take no room. */
  readonly discardEmptyColumns?: boolean;
  readonly alignRight?: boolean;
  /** Empty cells at a line's start are padded with tabs. */
  readonly tabIndent?: boolean;
}

/** What kubectl's tables are laid out with. */
export const TABLE_LAYOUT: TabwriterOptions = {
  minWidth: 6,
  tabWidth: 4,
  padding: 3,
  padChar: ' ',
  rememberWidths: true,
};

/** What `kubectl describe` is laid out with. */
export const DESCRIBE_LAYOUT: TabwriterOptions = { minWidth: 0, tabWidth: 8, padding: 2, padChar: ' ' };

interface Cell {
  readonly text: string;
  readonly width: number;
  /** It ended in a tab, not in `\v`. */
  readonly hard: boolean;
}

/**
 * Aligns cells that end in tabs, as Go's text/tabwriter does: a column is a run of lines that all have a cell there,
 * and the text after a line's last tab belongs to none. Text goes in with `write` and comes out of `flush`, or
 * earlier, of `write`, as soon as a line cannot change any more.
 */
export class Tabwriter {
  private lines: Cell[][] = [[]];
  private pending = '';
  private widths: number[] = [];
  private remembered: number[] = [];

  constructor(private readonly options: TabwriterOptions) {}

  /** Takes text in and answers what could already be laid out. */
  write(text: string): string {
    let out = '';
    for (const part of text.split(/(?<=[\t\v\n\f])/)) {
      const end = part.at(-1) ?? '';
      if (!'\t\v\n\f'.includes(end) || end === '') {
        this.pending += part;
        continue;
      }
      const cells = this.endCell(part.slice(0, -1), end === '\t');
      if (end !== '\n' && end !== '\f') continue;
      this.lines.push([]);
      // A line of one cell ends every column, so what stands before it is settled.
      if (end === '\f' || cells === 1) out += this.flush();
    }
    return out;
  }

  /** Lays out all that is left; columns start anew afterwards. */
  flush(): string {
    if (this.pending !== '') this.endCell('', false);
    const out: string[] = [];
    this.format(out, 0, this.lines.length);
    this.lines = [[]];
    this.widths = [];
    return out.join('');
  }

  /** Lets later columns be narrow again. */
  forgetWidths(): void {
    this.remembered = [];
  }

  private endCell(text: string, hard: boolean): number {
    const whole = this.pending + text;
    this.pending = '';
    const line = this.lines.at(-1) as Cell[];
    line.push({ text: whole, width: [...whole].length, hard });
    return line.length;
  }

  /** Lays out the lines of a block; the columns in `widths` are already settled. */
  private format(out: string[], from: number, to: number): void {
    const column = this.widths.length;
    let start = from;
    for (let line = from; line < to; line++) {
      if (!this.hasColumn(line, column)) continue;
      this.writeLines(out, start, line);
      start = line;
      while (line < to && this.hasColumn(line, column)) line++;
      this.widths.push(this.columnWidth(start, line, column));
      this.format(out, start, line);
      this.widths.pop();
      start = line;
      // The line that ended the block has no such cell, so it need not be looked at again.
    }
    this.writeLines(out, start, to);
  }

  private hasColumn(line: number, column: number): boolean {
    return column < (this.lines[line] as Cell[]).length - 1;
  }

  private columnWidth(from: number, to: number, column: number): number {
    const cells = this.lines.slice(from, to).map((line) => line[column] as Cell);
    let width = this.options.minWidth;
    for (const cell of cells) width = Math.max(width, cell.width + this.options.padding);
    const empty = cells.every((cell) => cell.width === 0 && !cell.hard);
    if (empty && this.options.discardEmptyColumns === true) width = 0;
    if (this.options.rememberWidths !== true) return width;
    width = Math.max(width, this.remembered[column] ?? 0);
    this.remembered[column] = width;
    return width;
  }

  private writeLines(out: string[], from: number, to: number): void {
    for (let i = from; i < to; i++) {
      let leading = true;
      (this.lines[i] as Cell[]).forEach((cell, column) => {
        const width = this.widths[column];
        if (cell.text !== '') leading = false;
        const padding =
          width === undefined ? '' : this.pad(cell.width, width, leading && this.options.tabIndent === true);
        const right = this.options.alignRight === true && this.options.padChar !== '\t';
        out.push(right ? padding + cell.text : cell.text + padding);
      });
      if (i + 1 < this.lines.length) out.push('\n');
    }
  }

  private pad(used: number, width: number, useTabs: boolean): string {
    const { padChar, tabWidth } = this.options;
    if (padChar !== '\t' && !useTabs) return padChar.repeat(Math.max(width - used, 0));
    if (tabWidth === 0) return '';
    const whole = Math.ceil(width / tabWidth) * tabWidth;
    return '\t'.repeat(Math.ceil((whole - used) / tabWidth));
  }
}

/** Lays out a whole text at once. */
export function alignTabs(text: string, options: TabwriterOptions): string {
  const writer = new Tabwriter(options);
  return writer.write(text) + writer.flush();
}
