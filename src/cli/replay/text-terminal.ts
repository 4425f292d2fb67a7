import xterm from '@xterm/headless';
import { harmless } from '../../clusters/plain-text.js';
import { TerminalFilter } from '../../ui/terminal/terminal-filter.js';

/** Lines that are kept until they are printed. */
const LINES_MAX = 100_000;
/** `CSI 3 J` erases what was scrolled away. */
const ERASE_SAVED = 3;

/** A terminal of which only the lines are wanted that it showed: what was drawn anew stands there once, editors not at all. */
export class TextTerminal {
  private readonly terminal: InstanceType<typeof xterm.Terminal>;
  private readonly filter = new TerminalFilter();
  private printed = 0;

  constructor(columns: number, rows: number) {
    this.terminal = new xterm.Terminal({
      cols: Math.max(2, columns),
      rows: Math.max(1, rows),
      scrollback: LINES_MAX,
      // What is cleared was shown before.
      scrollOnEraseInDisplay: true,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.terminal.parser.registerCsiHandler({ final: 'J' }, ([kind]) => kind === ERASE_SAVED);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(Math.max(2, columns), Math.max(1, rows));
  }

  feed(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.terminal.write(this.filter.pass(bytes), resolve));
  }

  /** Lines that were not taken yet: those above the cursor, or all that there are. */
  take(which: 'above' | 'all'): string[] {
    const buffer = this.terminal.buffer.normal;
    const end = buffer.baseY + buffer.cursorY + (which === 'all' ? 1 : 0);
    const lines: string[] = [];
    for (let row = this.printed; row < end; row += 1) {
      const line = buffer.getLine(row);
      const text = line?.translateToString(true) ?? '';
      if (line?.isWrapped && lines.length > 0) lines.push(`${lines.pop()}${text}`);
      else lines.push(text);
    }
    this.printed = Math.max(this.printed, end);
    return lines.map(harmless);
  }

  dispose(): void {
    this.terminal.dispose();
  }
}
