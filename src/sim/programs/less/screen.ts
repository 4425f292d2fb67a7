import type { Sys } from '../../kernel/sys.js';
import type { WindowSize } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import { standout } from './paint.js';

const ENTER = '\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=\r';
const LEAVE = '\x1b[?1l\x1b>\x1b[?1049l\x1b[23;0;0t';

/** The terminal less writes to: an other screen, rows, and the line below them. */
export class Screen {
  size: WindowSize;
  /** On the other screen, or with -X counted as there. */
  begun = false;
  private pending = '';

  constructor(
    private readonly sys: Sys,
    /** Stay on the ordinary screen (-X). */
    private readonly plain: () => boolean,
  ) {
    this.size = sys.windowSize(1) ?? { columns: 80, rows: 24 };
  }

  /** Looks how large the window is; true when that has changed. */
  measure(): boolean {
    const now = this.sys.windowSize(1) ?? this.size;
    const changed = now.columns !== this.size.columns || now.rows !== this.size.rows;
    this.size = now;
    return changed;
  }

  put(text: string): void {
    this.pending += text;
  }

  *flush(): Waiting<void> {
    const text = this.pending;
    this.pending = '';
    if (text !== '') yield* this.sys.write(1, text);
  }

  begin(): void {
    if (!this.begun) this.put(this.plain() ? '\r' : ENTER);
    this.begun = true;
  }

  end(): void {
    if (this.begun && !this.plain()) this.put(LEAVE);
    this.begun = false;
  }

  /** Clears the line below the rows, where the cursor is. */
  clearBottom(): void {
    this.put('\r\x1b[K');
  }

  clear(): void {
    this.put('\x1b[H\x1b[2J');
  }

  home(): void {
    this.put('\x1b[H');
  }

  /** Makes room for a row at the top. */
  openTop(): void {
    this.put('\x1bM');
  }

  lowerLeft(): void {
    if (this.begun) this.put(`\x1b[${this.size.rows};1H`);
  }

  goToRow(index: number): void {
    this.put(`\x1b[${index + 1};1H`);
  }

  bell(): void {
    this.put('\x07');
  }

  /** A message that waits for the person, or one that can be interrupted. */
  message(text: string, ending: string): void {
    this.clearBottom();
    this.put(standout(`${text}${ending}`));
  }
}
