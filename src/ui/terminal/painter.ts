import { textWidth, unpainted } from '../line/line.js';
import { isCertainWidth, rowChange } from './row-change.js';

/** Begin and end of what a terminal should show at once; a row that is too wide for it does not go on in the next one. */
const BEGIN = '\x1b[?2026h\x1b[?7l';
const END = '\x1b[?7h\x1b[?2026l';
const RESET = '\x1b[0m';
const ERASE_END = '\x1b[K';

/** What a painter writes to. */
export interface PaintTarget {
  readonly columns: number;
  readonly rows: number;
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/**
 * Puts frames on a terminal: only what changed of rows that changed is written, each at its place, so that nothing flickers and no
 * frame is ever taller than the window. While the terminal cannot take more, frames are skipped, not queued.
 */
export class Painter {
  private readonly target: PaintTarget;
  private shown: readonly string[] = [];
  /** What comes before the next frame. */
  private before = '';
  private latest = '';
  private blocked = false;
  private stopped = false;
  private held = false;

  constructor(target: PaintTarget) {
    this.target = target;
  }

  /** Shows a frame. */
  paint(frame: string): void {
    this.latest = frame;
    if (this.mayWrite) this.write();
  }

  /** Somebody else has the terminal: nothing is painted until `release`. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    this.repaint();
  }

  /** Forgets what is shown (after a resize, or when somebody else wrote to the terminal) and paints everything. */
  repaint(): void {
    this.shown = [];
    this.before = `${RESET}\x1b[2J`;
    if (this.mayWrite) this.write();
  }

  stop(): void {
    this.stopped = true;
  }

  private get mayWrite(): boolean {
    return !this.blocked && !this.stopped && !this.held;
  }

  private write(): void {
    const { rows, columns } = this.target;
    const lines = this.latest.split('\n').slice(0, rows);
    let output = this.before;
    this.before = '';
    for (let row = 0; row < Math.max(lines.length, this.shown.length); row += 1) {
      const line = lines[row] ?? '';
      if (line === this.shown[row]) continue;
      output += `\x1b[${row + 1};${rowOutput(this.shown[row] ?? '', line, columns)}`;
    }
    this.shown = lines;
    if (output === '') return;
    if (this.target.write(BEGIN + output + END)) return;
    this.blocked = true;
    this.target.once('drain', () => {
      this.blocked = false;
      if (this.mayWrite) this.write();
    });
  }
}

/** From the column on: what is to be written of a row, and what is to be erased. */
function rowOutput(before: string, line: string, columns: number): string {
  const change = rowChange(before, line);
  // What stood beyond the edge of a row that was too wide was written on its last column.
  const { column, text } = change.column > columns ? { column: 1, text: line } : change;
  const bare = unpainted(line);
  // A full row leaves the cursor on its last column, where erasing would take the character away.
  const full = textWidth(bare) >= columns;
  const eraseFirst = full && !isCertainWidth(bare);
  return `${column}H${RESET}${eraseFirst ? ERASE_END : ''}${text}${RESET}${full ? '' : ERASE_END}`;
}
