import type { Sys } from '../../kernel/sys.js';
import { PREEMPT, type Waiting } from '../../kernel/wait.js';
import { type Cell, type Characters, cellsOf } from './cells.js';
import type { Document } from './document.js';
import type { Settings } from './options.js';

/** A place in the text where a row of the screen may begin: the line's number and the row within it, as one number. */
export type Place = number;

const ROWS_MAX = 65_536;
const NUMBER_COLUMNS = 7;
const REMEMBERED_LINES = 2_000;

/** The place of a line's first row. Lines are counted from 0. */
export function placeOf(line: number, row = 0): Place {
  return line * ROWS_MAX + Math.min(row, ROWS_MAX - 1);
}

/** The line a place lies in, from 0. */
export function lineOf(place: Place): number {
  return Math.floor(place / ROWS_MAX);
}

/** One row of the screen. */
export interface Row {
  readonly line: number;
  readonly plain: string;
  readonly cells: readonly Cell[];
  /** The line goes on to the right of the window. */
  readonly chopped: boolean;
  /** The row fills the window's width. */
  readonly full: boolean;
}

interface Folded {
  readonly characters: Characters;
  /** Where each row ends in the cells. */
  readonly ends: readonly number[];
}

/** Lines of a document folded or chopped into rows of the window. */
export class Layout {
  /** Columns that are shifted out to the left. */
  shift = 0;
  /** A line chopped at the window's edge was met: then the text does not fit on one screen. */
  sawChopped = false;
  private folded = new Map<number, Folded>();
  private stamp = '';

  constructor(
    private readonly sys: Sys,
    private readonly settings: Settings,
    private readonly document: Document,
    private readonly columns: () => number,
    /** Lines that a filter hides. */
    private readonly hidden: (line: number) => boolean,
  ) {}

  /** Columns before the text: the mark column and the line number. */
  get margin(): number {
    return (this.settings.on('J') ? 2 : 0) + (this.settings.number('n') === 2 ? NUMBER_COLUMNS + 1 : 0);
  }

  get chops(): boolean {
    return this.settings.on('S') || this.shift > 0;
  }

  /** The row at a place and the place after it; undefined behind the end. */
  *forward(from: Place): Waiting<{ row: Row; next: Place } | undefined> {
    let line = lineOf(from);
    let index = from % ROWS_MAX;
    for (;;) {
      if (this.sys.charge(2)) yield PREEMPT;
      if ((yield* this.document.reach(line)) !== true) return undefined;
      if (!this.hidden(line)) break;
      line += 1;
      index = 0;
    }
    const { ends } = this.fold(line);
    index = Math.min(index, ends.length - 1);
    const row = this.rowAt(line, index);
    if (row.chopped) this.sawChopped = true;
    const next = index + 1 < ends.length ? placeOf(line, index + 1) : placeOf(yield* this.lineAfter(line));
    return { row, next };
  }

  /** The place of the row before, undefined at the beginning. */
  *back(from: Place): Waiting<Place | undefined> {
    const index = from % ROWS_MAX;
    let line = lineOf(from);
    if (index > 0 && line < this.document.lines.length) {
      return placeOf(line, Math.min(index, this.fold(line).ends.length) - 1);
    }
    if (this.squeezes(line)) while (line > 0 && this.isBlank(line - 1)) line -= 1;
    do {
      line -= 1;
      if (this.sys.charge(2)) yield PREEMPT;
    } while (line >= 0 && this.hidden(line));
    if (line < 0) return undefined;
    if (this.squeezes(line)) while (line > 0 && this.isBlank(line - 1)) line -= 1;
    return placeOf(line, this.fold(line).ends.length - 1);
  }

  /** How many bytes of the document lie before a place. */
  byteAt(place: Place): number {
    const line = lineOf(place);
    const start = this.document.starts[line];
    if (start === undefined) return this.document.bytes;
    const index = place % ROWS_MAX;
    if (index === 0) return start;
    const { ends, characters } = this.fold(line);
    return start + (characters.cells[ends[index - 1] ?? 0]?.byte ?? 0);
  }

  private squeezes(line: number): boolean {
    return this.settings.on('s') && line < this.document.lines.length && this.isBlank(line);
  }

  private *lineAfter(line: number): Waiting<number> {
    let next = line + 1;
    if (this.squeezes(line)) while ((yield* this.document.reach(next)) === true && this.isBlank(next)) next += 1;
    while (next < this.document.lines.length && this.hidden(next)) {
      next += 1;
      if (this.sys.charge(2)) yield PREEMPT;
    }
    return next;
  }

  private isBlank(line: number): boolean {
    return /^\r?$/.test(this.document.lines[line] ?? '');
  }

  private rowAt(line: number, index: number): Row {
    const { characters, ends } = this.fold(line);
    const room = this.columns() - this.margin;
    if (!this.chops) {
      const cells = characters.cells.slice(index === 0 ? 0 : ends[index - 1], ends[index]);
      return { line, plain: characters.plain, cells, chopped: false, full: width(cells) >= room };
    }
    const { cells, chopped } = this.cut(characters.cells, room);
    return { line, plain: characters.plain, cells, chopped, full: chopped || width(cells) >= room };
  }

  /** The part of a chopped line that the window shows; the last column is the mark's when there is more. */
  private cut(all: readonly Cell[], room: number): { cells: readonly Cell[]; chopped: boolean } {
    let column = 0;
    const cells: Cell[] = [];
    for (const cell of all) {
      const from = column - this.shift;
      column += cell.width;
      if (from < 0) continue;
      if (from + cell.width <= room) {
        cells.push(cell);
        continue;
      }
      while (width(cells) > room - 1) cells.pop();
      return { cells, chopped: true };
    }
    return { cells, chopped: false };
  }

  private fold(line: number): Folded {
    const { settings } = this;
    const stamp = `${settings.version} ${this.columns()} ${this.shift}`;
    if (stamp !== this.stamp || this.folded.size > REMEMBERED_LINES) {
      this.folded = new Map();
      this.stamp = stamp;
    }
    let folded = this.folded.get(line);
    if (!folded) {
      const options = { tab: settings.tab, raw: settings.number('r'), backspaces: settings.number('u') };
      const characters = cellsOf(this.document.lines[line] ?? '', options);
      folded = { characters, ends: this.chops ? [characters.cells.length] : this.endsOf(characters.cells) };
      if (line + 1 < this.document.lines.length || this.document.complete) this.folded.set(line, folded);
    }
    return folded;
  }

  private endsOf(cells: readonly Cell[]): number[] {
    const room = Math.max(1, this.columns() - this.margin);
    const ends: number[] = [];
    let column = 0;
    for (const [at, cell] of cells.entries()) {
      if (column + cell.width > room && column > 0) {
        ends.push(at);
        column = 0;
      }
      column += cell.width;
    }
    return [...ends, cells.length];
  }
}

function width(cells: readonly Cell[]): number {
  let sum = 0;
  for (const cell of cells) sum += cell.width;
  return sum;
}
