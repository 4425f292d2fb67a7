import { textWidth, unpainted } from '../line/line.js';
import { rowChange } from './row-change.js';

/** Begin and end of what a terminal should show at once. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';

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
    if (this.mayWrite) this.write('\x1b[0m\x1b[2J');
  }

  stop(): void {
    this.stopped = true;
  }

  private get mayWrite(): boolean {
    return !this.blocked && !this.stopped && !this.held;
  }

  private write(before = ''): void {
    const { rows } = this.target;
    const lines = this.latest.split('\n').slice(0, rows);
    let output = before;
    for (let row = 0; row < Math.max(lines.length, this.shown.length); row += 1) {
      const line = lines[row] ?? '';
      if (line === this.shown[row]) continue;
      // A full row leaves the cursor on its last column, where erasing would take the character away.
      const full = textWidth(unpainted(line)) >= this.target.columns;
      const { column, text } = rowChange(this.shown[row] ?? '', line);
      output += `\x1b[${row + 1};${column}H\x1b[0m${text}\x1b[0m${full ? '' : '\x1b[K'}`;
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
