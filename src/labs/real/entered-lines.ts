import xterm from '@xterm/headless';

/** Rows that a line is looked for in at most. */
const SCROLLBACK = 2000;
const ENTERS = /[\r\n]/;

/** Where a line began that is being typed. */
interface Begun {
  readonly marker: { readonly line: number; dispose(): void } | undefined;
  readonly column: number;
}

/**
 * Which lines somebody enters in a terminal, as it shows them: from where the cursor stood at a line's first key to where the
 * line ends when Enter is pressed. What is typed without echo is not shown, and so it is no line; neither is what is typed
 * into a program that has the whole screen.
 */
export class EnteredLines {
  private readonly terminal: InstanceType<typeof xterm.Terminal>;
  private readonly entered: (line: string) => void;
  private begun: Begun | undefined;
  /** What was typed of the line, to know it again; never told. */
  private keys = '';
  /** What came in one piece with the Enter. */
  private last = '';
  /** Enter was pressed before the line was shown, as after a paste. */
  private due = false;
  private disposed = false;

  constructor(columns: number, rows: number, entered: (line: string) => void) {
    this.terminal = new xterm.Terminal({
      cols: Math.max(2, columns),
      rows: Math.max(1, rows),
      scrollback: SCROLLBACK,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.entered = entered;
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(Math.max(2, columns), Math.max(1, rows));
  }

  /** Somebody typed this; what was shown until now is what they saw. */
  typed(bytes: Uint8Array): void {
    const text = Buffer.from(bytes).toString('utf8');
    // What was shown is looked at once it has been taken in.
    this.terminal.write('', () => {
      if (!this.disposed) this.take(text);
    });
  }

  /** The terminal shows this; `taken` is told when it has been looked at. */
  shown(bytes: Uint8Array, taken: () => void = () => {}): void {
    this.terminal.write(bytes, () => {
      if (this.due && !this.disposed) this.takeLate();
      taken();
    });
  }

  /** What is on its way is looked at no more: a terminal that is disposed of complains of it on the person's own. */
  dispose(): void {
    this.disposed = true;
    this.terminal.dispose();
  }

  /** A line that is shown after its Enter. */
  private takeLate(): void {
    // What was typed without echo is followed by something else.
    const line = this.lineNow();
    const isIt = line.startsWith(this.keys) || (this.last !== '' && line.endsWith(this.last));
    if (this.keys !== '' && isIt) this.tell();
    else this.forget();
  }

  private take(text: string): void {
    const { buffer } = this.terminal;
    if (buffer.active.type === 'alternate') return this.forget();
    if (text === '\x03') return this.forget();
    this.begun ??= {
      marker: this.terminal.registerMarker(0),
      column: buffer.active.cursorX,
    };
    const [head = ''] = text.split(ENTERS);
    this.keys += head;
    if (!ENTERS.test(text)) return;
    // With its Enter in one piece it is not shown yet.
    this.last = head;
    if (this.lineNow() === '' || !this.lineNow().endsWith(head.trimEnd())) this.due = true;
    else this.tell();
  }

  private tell(): void {
    const line = this.lineNow();
    this.forget();
    if (line.trim() !== '') this.entered(line);
  }

  private forget(): void {
    this.due = false;
    this.keys = '';
    this.begun?.marker?.dispose();
    this.begun = undefined;
  }

  /** The line that was begun as it stands now, over as many rows as it takes. */
  private lineNow(): string {
    const { begun } = this;
    const row = begun?.marker?.line ?? -1;
    const { normal } = this.terminal.buffer;
    if (!begun || row < 0) return '';
    let text = normal.getLine(row)?.translateToString(false, begun.column) ?? '';
    for (let next = row + 1; normal.getLine(next)?.isWrapped; next += 1)
      text += normal.getLine(next)?.translateToString(false) ?? '';
    return text.trimEnd();
  }
}
