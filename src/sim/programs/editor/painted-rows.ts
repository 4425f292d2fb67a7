/** A row with its styles, and how many columns it takes. */
export interface PaintedRow {
  readonly text: string;
  readonly width: number;
}

/** The rows on the terminal, so that only what has changed is sent. */
export class PaintedRows {
  private shown: string[] = [];
  private cursor = '';

  /** Forgets what is shown: everything will be sent. */
  forget(): void {
    this.shown = [];
    this.cursor = '';
  }

  /** Puts rows on the screen, each only when it is not there yet. */
  update(rows: readonly PaintedRow[], columns: number): string {
    let output = '';
    for (const [at, { text, width }] of rows.entries()) {
      const before = this.shown[at];
      if (before === text) continue;
      output += change(at, before, text, width < columns);
      this.shown[at] = text;
    }
    this.shown.length = rows.length;
    if (output !== '') this.cursor = '';
    return output;
  }

  /** Moves the cursor, when it is not there. */
  place({ row, column }: { row: number; column: number }): string {
    const move = `\x1b[${row + 1};${column + 1}H`;
    if (move === this.cursor) return '';
    this.cursor = move;
    return move;
  }

  /** The rows as they are shown now, for what is written below them. */
  get rows(): readonly string[] {
    return this.shown;
  }
}

/** What turns one row into another: behind what both begin with, where that is plain. */
function change(row: number, before: string | undefined, text: string, clears: boolean): string {
  let same = 0;
  if (before !== undefined) {
    const most = Math.min(before.length, text.length);
    while (same < most && before.charCodeAt(same) === text.charCodeAt(same) && isPlain(text.charCodeAt(same)))
      same += 1;
    if (same > 0 && !isPlain(before.charCodeAt(same) || 32) && before.charCodeAt(same) !== 0x1b) same -= 1;
  }
  return `\x1b[${row + 1};${same + 1}H${text.slice(same)}${clears ? '\x1b[K' : ''}`;
}

function isPlain(code: number): boolean {
  return code >= 0x20 && code < 0x7f;
}
