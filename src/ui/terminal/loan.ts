import type { Borrower } from '../ports.js';
import { say } from '../words/words.js';
import type { OuterTerminal } from './outer-terminal.js';
import type { Painter } from './painter.js';

const ERASE_LINE = '\r\x1b[K';
const nothing = (): void => {};

/** A shell had the foreground, and was told when the window became another size; we were not. Windows tells nobody. */
export function tellSize(): void {
  if (process.platform !== 'win32') process.kill(process.pid, 'SIGWINCH');
}

/** Lends the person's terminal to another program, such as an editor, and takes it back. */
export class Loan {
  private readonly outer: OuterTerminal;
  private readonly painter: Painter;
  private readonly stdout: Pick<NodeJS.WriteStream, 'write'>;
  private isLent = false;
  private stopped = false;

  constructor(outer: OuterTerminal, painter: Painter, stdout: Pick<NodeJS.WriteStream, 'write'>) {
    this.outer = outer;
    this.painter = painter;
    this.stdout = stdout;
  }

  /** Whether somebody else has the terminal. */
  get lent(): boolean {
    return this.isLent;
  }

  /** Gives the terminal away as it was found, until `use` has ended. An editor with a window of its own shows nothing on it. */
  async lend(use: () => Promise<void>, whose: Borrower = 'editor'): Promise<void> {
    if (this.stopped) return;
    this.isLent = true;
    this.painter.hold();
    this.outer.leave();
    this.stdout.write(whose === 'editor' ? `${say('editor.waiting')} … ` : `${say('shell.whole-window')}\r\n`);
    // Keys that end a program are for whoever has the terminal. Windows knows no such signal.
    if (process.platform !== 'win32') process.on('SIGQUIT', nothing);
    try {
      await use();
    } finally {
      if (process.platform !== 'win32') process.off('SIGQUIT', nothing);
      this.stdout.write(ERASE_LINE);
      this.isLent = false;
      if (!this.stopped) {
        this.outer.enter();
        this.painter.release();
        tellSize();
      }
    }
  }

  /** The screens are over: the terminal is not taken back. */
  stop(): void {
    this.stopped = true;
  }
}
