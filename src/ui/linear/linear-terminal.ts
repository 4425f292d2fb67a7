import { wrapLine } from '../line/wrap.js';
import type { PaneView } from '../pane/view.js';
import { TerminalFilter } from '../terminal/terminal-filter.js';
import { say } from '../words/words.js';

/** Bytes kept of what was printed while something else was said. */
const MISSED_MAX = 64 * 1024;
const LINE_END = '\r\n';
const NEWLINE = 0x0a;

/** A pane as it is read out. */
export interface ReadPane extends Pick<PaneView, 'rows'> {
  /** What stands before its cursor. */
  readonly cursorText: string;
  /** A program has the whole screen. */
  readonly isWholeScreen: boolean;
}

/** What is known of a pane: sequences are cut anywhere, so that each has a filter of its own. */
interface Heard {
  readonly filter: TerminalFilter;
  missed: Uint8Array[];
  size: number;
}

/**
 * The person's terminal as one stream: the output of the simulated one passes as it comes, so that what their own reads
 * out is a terminal like any other, and what the screens say stands between in lines of its own.
 */
export class LinearTerminal {
  private readonly put: (text: string | Uint8Array) => void;
  private readonly columns: () => number;
  private readonly known = new WeakMap<ReadPane, Heard>();
  /** The pane that is heard now. */
  private front: ReadPane | undefined;
  /** Whether something stands before the cursor. */
  private midLine = false;

  /** Rows are broken at blanks: what is read row by row must not tear words apart. */
  constructor(put: (text: string | Uint8Array) => void, columns: () => number) {
    this.put = put;
    this.columns = columns;
  }

  /** Output of a terminal; what comes while it is not heard is kept for later. */
  heard(pane: ReadPane, bytes: Uint8Array): void {
    const known = this.of(pane);
    const passed = known.filter.pass(bytes);
    if (pane === this.front) return this.write(passed);
    known.size += passed.length;
    if (known.size <= MISSED_MAX) known.missed.push(passed);
  }

  /** Lines of the screens. What stands at the prompt is said again behind them while a terminal is heard. */
  say(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { front } = this;
    this.leave();
    const rows = lines.flatMap((text) => wrapLine([{ text }], this.columns()));
    this.write(rows.map((row) => row.map(({ text }) => text).join('') + LINE_END).join(''));
    if (front) this.enter(front);
  }

  /** A terminal is heard from now on: what it printed meanwhile, or what stands at its prompt. */
  enter(pane: ReadPane): void {
    if (pane === this.front) return;
    this.leave();
    this.front = pane;
    const known = this.of(pane);
    const { missed, size } = known;
    known.missed = [];
    known.size = 0;
    if (pane.isWholeScreen) this.write(`\x1b[2J\x1b[H${pane.rows().join(LINE_END)}`);
    else if (size > MISSED_MAX) this.write(`${say('linear.left-out')}${LINE_END}${standing(pane)}`);
    else if (size > 0) for (const bytes of missed) this.write(bytes);
    else this.write(pane.cursorText);
  }

  /** Something else is said from now on, from a new line on; unless the terminal `staying` is heard and stays so. */
  leave(staying?: Pick<PaneView, 'rows'>): void {
    if (staying !== undefined && staying === this.front) return;
    this.front = undefined;
    if (this.midLine) this.write(LINE_END);
  }

  /** Characters that are written into a box of the screens. */
  echo(text: string): void {
    this.write(text);
  }

  private write(text: string | Uint8Array): void {
    if (text.length === 0) return;
    this.put(text);
    this.midLine = typeof text === 'string' ? !text.endsWith('\n') : text.at(-1) !== NEWLINE;
  }

  private of(pane: ReadPane): Heard {
    const known = this.known.get(pane) ?? { filter: new TerminalFilter(), missed: [], size: 0 };
    this.known.set(pane, known);
    return known;
  }
}

/** What stands on a terminal, up to its cursor. */
function standing(pane: ReadPane): string {
  const rows = pane.rows().map((row) => row.replace(/\x1b\[[0-9;:]*m/g, '').trimEnd());
  while (rows.length > 0 && rows.at(-1) === '') rows.pop();
  return [...rows.slice(0, -1).filter((row) => row !== ''), pane.cursorText].join(LINE_END);
}
