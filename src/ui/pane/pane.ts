import xterm from '@xterm/headless';
import { ByteQueue } from './byte-queue.js';
import { type Found, PaneSearch } from './pane-search.js';
import { rowText } from './row-text.js';

/** Bytes the emulator is given at once: some milliseconds of its work, so that keys are seen to in between. */
const SLICE_BYTES = 32_768;
/** Repaints a second at most. */
const REPAINT_MILLISECONDS = 33;
/** The same just after a key, whose echo is being waited for; and how long that is. */
const KEYED_REPAINT_MILLISECONDS = 6;
const KEYED_MILLISECONDS = 40;
const SCROLLBACK_ROWS = 10_000;
const ESCAPE = 0x1b;

export interface PaneOptions {
  readonly columns: number;
  readonly rows: number;
  readonly colours: boolean;
  /** Bytes with which the emulator answers questions about itself. */
  readonly onReply: (bytes: Uint8Array) => void;
}

/** A terminal emulator's screen: fed with bytes, read as rows of text with SGR sequences. */
export class Pane {
  /** Counts repaints; a new number means that `rows` may give something else. */
  version = 0;
  /** Where there is less room than the terminal has: what of it is seen. */
  room: { readonly columns: number; readonly rows: number } | undefined;
  private readonly terminal: InstanceType<typeof xterm.Terminal>;
  protected readonly colours: boolean;
  private readonly queue = new ByteQueue();
  private readonly listeners = new Set<() => void>();
  private feeding = false;
  private repaintDue = 0;
  private repaintedAt = 0;
  /** What the last repaint took. */
  private repaintTook = 0;
  private keyedAt = Number.NEGATIVE_INFINITY;
  private repaint: NodeJS.Timeout | undefined;
  private readonly search: PaneSearch;
  private disposed = false;

  constructor({ columns, rows, colours, onReply }: PaneOptions) {
    this.colours = colours;
    this.terminal = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: SCROLLBACK_ROWS,
      allowProposedApi: true,
      convertEol: false,
      // What the emulator cannot parse it would tell on the console, which is the person's screen.
      logLevel: 'off',
    });
    this.search = new PaneSearch(this.terminal);
    this.terminal.onData((text) => onReply(Buffer.from(text)));
  }

  /** Another one, painted as this is. */
  another(options: Omit<PaneOptions, 'colours'>): Pane {
    return new Pane({ ...options, colours: this.colours });
  }

  /** Bytes that wait for the emulator. */
  get waiting(): number {
    return this.queue.size;
  }

  /** Rows that lie between what is shown and the newest ones. */
  get scrolledBack(): number {
    const { baseY, viewportY } = this.terminal.buffer.active;
    return baseY - viewportY;
  }

  /** Whether the program in the terminal asked to be told what is pasted. */
  get wantsPasteMarks(): boolean {
    return this.terminal.modes.bracketedPasteMode;
  }

  /** Whether the program in the terminal asked for the mouse. */
  get wantsMouse(): boolean {
    return this.terminal.modes.mouseTrackingMode !== 'none';
  }

  /** Whether a program has the whole screen, such as an editor or a pager; nothing is to be scrolled back to then. */
  get isWholeScreen(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  /** What stands before the cursor. */
  get cursorText(): string {
    const { active } = this.terminal.buffer;
    return active.getLine(active.baseY + active.cursorY)?.translateToString(false, 0, active.cursorX) ?? '';
  }

  /** The row that the cursor is in. */
  get cursorRow(): string {
    const { active } = this.terminal.buffer;
    return active.getLine(active.baseY + active.cursorY)?.translateToString(true) ?? '';
  }

  /** The rows above the cursor's, the nearest first; those of a program that has the whole screen are left out. */
  rowsAbove(count: number): string[] {
    const { normal } = this.terminal.buffer;
    const below = normal.baseY + normal.cursorY;
    return Array.from({ length: Math.min(count, below) }, (_, up) => {
      return normal.getLine(below - 1 - up)?.translateToString(true) ?? '';
    });
  }

  /** Takes output; it is shown soon. */
  feed(bytes: Uint8Array): void {
    this.queue.push(bytes);
    if (!this.feeding) this.feedSlice();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.terminal.cols && rows === this.terminal.rows) return;
    this.terminal.resize(Math.max(2, columns), Math.max(1, rows));
    this.changed();
  }

  /** Scrolls by rows; negative ones go back. What was scrolled to stays where it is when there is new output. */
  scroll(by: number): void {
    this.terminal.scrollLines(by);
    this.changed();
  }

  /** A key was typed: what comes next is shown at once. */
  keyed(): void {
    this.keyedAt = performance.now();
  }

  /** To the newest rows; a search is over. */
  scrollToEnd(): void {
    const changes = this.scrolledBack > 0 || this.search.active;
    this.search.look('');
    this.terminal.scrollToBottom();
    if (changes) this.changed();
  }

  /** Looks for a text in everything that can be scrolled to, marks it, and goes to the newest match. */
  find(query: string): Found {
    const found = this.search.look(query);
    this.changed();
    return found;
  }

  /** To the next match, further back or forward. */
  findNext(direction: 'older' | 'newer'): Found {
    const found = this.search.step(direction);
    this.changed();
    return found;
  }

  /** Keys as the program in the terminal wants them: arrows change their form in application mode. */
  encode(bytes: Uint8Array): Uint8Array {
    if (!this.terminal.modes.applicationCursorKeysMode || !bytes.includes(ESCAPE)) return bytes;
    return Buffer.from(
      Buffer.from(bytes)
        .toString('latin1')
        .replace(/\x1b\[([ABCDHF])/g, '\x1bO$1'),
      'latin1',
    );
  }

  /** The rows seen now, the cursor drawn in; exactly as many as the screen or its room has, none wider than that. */
  rows(): string[] {
    const { terminal, colours, search } = this;
    const buffer = terminal.buffer.active;
    const rows = Math.min(terminal.rows, this.room?.rows ?? terminal.rows);
    const columns = Math.min(terminal.cols, this.room?.columns ?? terminal.cols);
    // The cursor's row is always seen.
    const first = Math.max(0, buffer.cursorY - rows + 1);
    const top = buffer.viewportY + first;
    const marks = search.active ? search.marks(top, rows) : [];
    return Array.from({ length: rows }, (_, row) => {
      const here = buffer.viewportY === buffer.baseY && first + row === buffer.cursorY;
      const cursor = here ? Math.min(buffer.cursorX, columns - 1) : undefined;
      return rowText(buffer, top + row, columns, { colours, cursor, marks: marks[row] });
    });
  }

  /** Called when the rows changed, at most thirty times a second. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.repaint);
    this.listeners.clear();
    this.terminal.dispose();
  }

  private feedSlice(): void {
    if (this.queue.size === 0 || this.disposed) {
      this.feeding = false;
      return;
    }
    this.feeding = true;
    this.terminal.write(this.queue.take(SLICE_BYTES), () => {
      this.changed();
      // Keys that came meanwhile are seen to first.
      setImmediate(() => this.feedSlice());
    });
  }

  private changed(): void {
    const now = performance.now();
    const keyed = now - this.keyedAt < KEYED_MILLISECONDS;
    if (this.disposed || (this.repaint !== undefined && !keyed)) return;
    // Where painting is dear it is done less often, so that most of the time is left for keys and output.
    const between = keyed
      ? Math.max(KEYED_REPAINT_MILLISECONDS, this.repaintTook)
      : REPAINT_MILLISECONDS + 2 * this.repaintTook;
    const due = this.repaintedAt + between;
    // What is due as soon already is not put off again and again.
    if (this.repaint !== undefined && this.repaintDue <= Math.max(due, now)) return;
    clearTimeout(this.repaint);
    this.repaint = undefined;
    this.repaintDue = Math.max(due, now);
    const wait = due - now;
    if (wait <= 0 && this.queue.size === 0) this.show();
    else this.repaint = setTimeout(() => this.show(), Math.max(0, wait));
  }

  private show(): void {
    this.repaint = undefined;
    this.version += 1;
    const begun = performance.now();
    for (const listener of [...this.listeners]) listener();
    this.repaintedAt = performance.now();
    this.repaintTook = this.repaintedAt - begun;
  }
}
