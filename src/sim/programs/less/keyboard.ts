import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Signal } from '../../kernel/signals.js';
import type { Sys } from '../../kernel/sys.js';
import type { TerminalModes } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';

/** Stands in what is typed ahead for the end of a command given on the command line. */
export const END_OF_COMMAND = '\uE000';

const KEY_BYTES = 256;
const SIGNALS: readonly Signal[] = ['INT', 'TSTP', 'WINCH'];

/** The keys, from the terminal and typed ahead by options, and the signals that come from it. */
export class Keyboard {
  readonly signals = new Set<Signal>();
  private ahead: string[] = [];
  private typed: string[] = [];
  private readonly modes: TerminalModes;

  constructor(
    private readonly sys: Sys,
    private readonly descriptor: number,
  ) {
    this.modes = sys.terminalModes(descriptor);
  }

  /** Keys one by one, without echo; Ctrl-C and Ctrl-Z stay signals. */
  begin(): void {
    const raw = { ...this.modes, echo: false, canonical: false, signals: true, returnIsNewline: false };
    this.sys.setTerminalModes(this.descriptor, raw);
    for (const signal of SIGNALS) this.sys.onSignal(signal, 'catch');
  }

  end(): void {
    this.sys.setTerminalModes(this.descriptor, this.modes);
    for (const signal of SIGNALS) this.sys.onSignal(signal, 'default');
  }

  /** Nothing is typed ahead, so a prompt is worth showing. */
  get idle(): boolean {
    return this.ahead.length === 0 || this.ahead[0] === END_OF_COMMAND;
  }

  /** Types ahead: what is read next, after what is typed ahead already. */
  push(text: string): void {
    this.ahead.push(...text);
  }

  /** Puts a key back. */
  unget(key: string): void {
    this.ahead.unshift(key);
  }

  /** Whether a signal has come, of which `signals` tells. */
  interrupted(): boolean {
    for (let signal = this.sys.takeSignal(); signal; signal = this.sys.takeSignal()) this.signals.add(signal);
    return this.signals.size > 0;
  }

  /** Whether what was asked for is to be given up: Ctrl-C or Ctrl-Z. */
  aborted(): boolean {
    this.interrupted();
    return this.signals.has('INT') || this.signals.has('TSTP');
  }

  /** The next key; undefined when a signal came or the terminal is gone. */
  *next(): Waiting<string | undefined> {
    const ahead = this.ahead.shift();
    if (ahead !== undefined) return ahead;
    return yield* this.nextTyped();
  }

  /** The next key of the person, whatever is typed ahead. */
  *nextTyped(): Waiting<string | undefined> {
    while (this.typed.length === 0) {
      try {
        const bytes = yield* this.sys.read(this.descriptor, KEY_BYTES);
        if (bytes.length === 0) {
          this.signals.add('HUP');
          return undefined;
        }
        this.typed.push(...decodeText(bytes));
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error;
        if (this.interrupted()) return undefined;
      }
    }
    return this.typed.shift();
  }
}
