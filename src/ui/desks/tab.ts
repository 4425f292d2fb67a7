import type { Pane } from '../pane/pane.js';
import type { TerminalPort } from '../ports.js';
import type { Size } from '../store/state.js';

/** A prompt that tells the host, as `user@host:directory$`, and what was typed there. */
const PROMPT = /^(?:\([^)]*\) ?)?[\w.-]+@([\w.-]+):[^$#]*[$#] ?(.*)$/;
/** So far above the cursor a command is looked for that has begun to print. */
const ROWS_ABOVE = 40;

/** What a tab tells of itself. */
export interface TabListener {
  /** Its rows are others. */
  painted(): void;
  /** Its program printed something. */
  heard(): void;
  /** One is at another host now, or another command runs. */
  moved(): void;
}

/** A terminal and the pane that shows it; bytes go both ways, also while it is not seen. */
export class Tab {
  readonly terminal: TerminalPort;
  readonly pane: Pane;
  /** The host of its latest prompt; undefined before there was one. */
  host: string | undefined;
  /** The command that runs since its latest prompt; undefined at a prompt, or where none is known. */
  command: string | undefined;
  /** It printed something since it was last seen. */
  news = false;
  private atPrompt = true;
  private stops: readonly (() => void)[] = [];

  constructor(terminal: TerminalPort, pane: Pane) {
    this.terminal = terminal;
    this.pane = pane;
  }

  /** Shows what the terminal prints from now on, and what it printed before. */
  listen(listener: TabListener): void {
    const { pane, terminal } = this;
    this.stops = [
      pane.subscribe(() => {
        listener.painted();
        if (this.readPrompt()) listener.moved();
      }),
      terminal.onOutput((bytes) => {
        pane.feed(bytes);
        listener.heard();
      }),
    ];
  }

  type(bytes: Uint8Array): void {
    this.pane.scrollToEnd();
    this.pane.keyed();
    this.terminal.type(this.pane.encode(bytes));
  }

  fit({ columns, rows }: Size): void {
    this.pane.resize(columns, rows);
    this.terminal.resize(Math.max(2, columns), rows);
  }

  /** Gives the pane up; the terminal goes on. */
  dispose(): void {
    for (const stop of this.stops) stop();
    this.pane.dispose();
  }

  /** Reads where one is and what runs; true when that is new. A command is looked for once, when its prompt is left. */
  private readPrompt(): boolean {
    const { pane, host, command } = this;
    const prompt = pane.isWholeScreen ? null : PROMPT.exec(pane.cursorRow);
    if (prompt) {
      this.host = prompt[1];
      this.command = undefined;
    } else if (this.atPrompt) {
      const [, , typed = ''] =
        pane
          .rowsAbove(ROWS_ABOVE)
          .map((row) => PROMPT.exec(row))
          .find(Boolean) ?? [];
      this.command = typed.trim() || undefined;
    }
    this.atPrompt = prompt !== null;
    return this.host !== host || this.command !== command;
  }
}
