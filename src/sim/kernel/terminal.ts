import type { Bytes } from './bytes.js';
import { concatBytes, NO_BYTES } from './bytes.js';
import { LIMITS } from './limits.js';
import type { Signal } from './signals.js';
import { WaitQueue } from './wait.js';

/** The settings of a terminal's line discipline that programs change (termios). */
export interface TerminalModes {
  readonly echo: boolean;
  readonly canonical: boolean;
  /** Ctrl-C, Ctrl-\ and Ctrl-Z make signals. */
  readonly signals: boolean;
  /** Carriage return is read as newline. */
  readonly returnIsNewline: boolean;
  /** Newline is written as carriage return and newline. */
  readonly newlineIsReturn: boolean;
}

export const COOKED: TerminalModes = {
  echo: true,
  canonical: true,
  signals: true,
  returnIsNewline: true,
  newlineIsReturn: true,
};
export const RAW: TerminalModes = {
  echo: false,
  canonical: false,
  signals: false,
  returnIsNewline: false,
  newlineIsReturn: false,
};

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

const INTR = 0x03;
const EOF = 0x04;
const BACKSPACE = 0x08;
const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const KILL_LINE = 0x15;
const LITERAL_NEXT = 0x16;
const ERASE_WORD = 0x17;
const SUSPEND = 0x1a;
const QUIT = 0x1c;
const DELETE = 0x7f;
const SIGNAL_OF: Readonly<Record<number, Signal>> = { [INTR]: 'INT', [SUSPEND]: 'TSTP', [QUIT]: 'QUIT' };

/**
 * A pseudo-terminal: bytes that are typed come in at `type`, pass the line discipline (echo, line editing, signals)
 * and are read by programs; what programs write comes out at `onOutput`. It knows nothing of lines on a screen.
 */
export class Terminal {
  modes: TerminalModes = COOKED;
  /** Number for the name /dev/pts/N. */
  readonly number: number;
  readonly readable = new WaitQueue();
  /** The process group that gets signals and may read. 0: none. */
  foreground = 0;
  /** The session it controls. 0: none. */
  session = 0;
  /** Called with what appears on the screen side. */
  onOutput: (bytes: Bytes) => void = () => {};
  /** Set by the kernel: a shell at this terminal read a line at its prompt. */
  onCommandLine: (line: string) => void = () => {};
  /** Set by the kernel: sends a signal to the foreground process group. */
  onSignal: (signal: Signal) => void = () => {};
  /** Set by the kernel: tells the session's leader that the other side is gone. */
  onHangUp: () => void = () => {};
  private size: WindowSize;
  private line: number[] = [];
  private ready: Bytes[] = [];
  private readyBytes = 0;
  private endOfFile = false;
  private hungUp = false;
  private literal = false;

  constructor(number: number, size: WindowSize) {
    this.number = number;
    this.size = size;
  }

  get windowSize(): WindowSize {
    return this.size;
  }

  /**
   * Where what is typed here is carried to by a program that only passes it on (ssh): who is asked whether more is
   * wanted. `'nobody'` while it runs something that was not asked to read.
   */
  carriedTo: Pick<Terminal, 'wantsInput'> | 'nobody' | undefined;

  /** True when somebody is parked reading and nothing typed is left for him: the moment to type the next line. */
  get wantsInput(): boolean {
    if (this.readable.empty || this.readyBytes > 0 || this.hungUp || this.carriedTo === 'nobody') return false;
    return this.carriedTo?.wantsInput ?? true;
  }

  /** Changes the window's size and tells the foreground by SIGWINCH. */
  resize(size: WindowSize): void {
    if (size.columns === this.size.columns && size.rows === this.size.rows) return;
    this.size = size;
    this.onSignal('WINCH');
  }

  /** Takes typed bytes. Returns false, taking nothing, when the reader is too far behind. */
  type(bytes: Bytes): boolean {
    if (this.readyBytes + bytes.length > LIMITS.terminal_input_bytes_max) return false;
    for (let at = 0; at < bytes.length; ) {
      const end = this.plainEnd(bytes, at);
      if (end > at) this.push(bytes.subarray(at, end));
      else this.typeByte(bytes[at] as number);
      at = Math.max(end, at + 1);
    }
    return true;
  }

  /**
   * The other side is gone: readers see the end of the file, the session's leader gets SIGHUP and SIGCONT. What it does
   * about its jobs is its own affair; when it ends, the foreground hears of it (Linux: tty_vhangup, disassociate_ctty).
   */
  hangUp(): void {
    if (this.hungUp) return;
    this.hungUp = true;
    this.onHangUp();
    this.readable.wakeAll();
  }

  /** What a program reads: a line (canonical) or what is there; no bytes at end of file; undefined when it must wait. */
  tryRead(max: number): Bytes | undefined {
    const first = this.ready[0];
    if (first === undefined) {
      if (this.hungUp) return NO_BYTES;
      if (!this.endOfFile) return undefined;
      this.endOfFile = false;
      return NO_BYTES;
    }
    if (first.length > max) {
      this.ready[0] = first.subarray(max);
      this.readyBytes -= max;
      return first.subarray(0, max);
    }
    let taken = 1;
    let length = first.length;
    // Lines are read one by one, bytes as many as there are.
    if (!this.modes.canonical)
      for (let next = this.ready[taken]; next && length + next.length <= max; next = this.ready[taken]) {
        length += next.length;
        taken += 1;
      }
    this.readyBytes -= length;
    return concatBytes(this.ready.splice(0, taken));
  }

  /** Whether a read would return at once. */
  hasInput(): boolean {
    return this.ready.length > 0 || this.endOfFile || this.hungUp;
  }

  /** Puts a program's output on the screen side. */
  write(bytes: Bytes): void {
    if (this.hungUp) return;
    this.onOutput(this.modes.newlineIsReturn ? newlinesToReturns(bytes) : bytes);
  }

  /** Throws away what was typed and not read yet (tcflush). */
  flushInput(): void {
    this.line = [];
    this.ready = [];
    this.readyBytes = 0;
  }

  /** Changes the modes; leaving canonical mode hands over the unfinished line, as Linux does. */
  setModes(modes: TerminalModes): void {
    const wasCanonical = this.modes.canonical;
    this.modes = modes;
    if (wasCanonical && !modes.canonical && this.line.length > 0) this.commitLine();
    if (!wasCanonical && modes.canonical && this.ready.length > 1) this.ready = [concatBytes(this.ready)];
  }

  /** Where bytes end that go to the reader as they are, so that a long paste is not taken apart. */
  private plainEnd(bytes: Bytes, from: number): number {
    const { canonical, echo, signals, returnIsNewline } = this.modes;
    if (canonical || echo || this.literal) return from;
    if (!signals && !returnIsNewline) return bytes.length;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte >= 0x20) continue;
      if ((signals && SIGNAL_OF[byte] !== undefined) || (returnIsNewline && byte === RETURN)) return at;
    }
    return bytes.length;
  }

  private typeByte(typed: number): void {
    const { modes } = this;
    if (this.literal) {
      this.literal = false;
      this.takeByte(typed);
      return;
    }
    const byte = typed === RETURN && modes.returnIsNewline ? NEWLINE : typed;
    const signal = modes.signals ? SIGNAL_OF[byte] : undefined;
    if (signal) {
      this.line = [];
      this.ready = [];
      this.readyBytes = 0;
      if (modes.echo) this.echo(byte);
      this.onSignal(signal);
      return;
    }
    if (!modes.canonical) {
      if (modes.echo) this.echo(byte);
      this.push(Uint8Array.of(byte));
      return;
    }
    this.editLine(byte);
  }

  private editLine(byte: number): void {
    switch (byte) {
      case DELETE:
      case BACKSPACE:
        this.erase(1);
        return;
      case ERASE_WORD:
        this.erase(wordLength(this.line));
        return;
      case KILL_LINE:
        this.erase(this.line.length);
        return;
      case LITERAL_NEXT:
        this.literal = true;
        return;
      case EOF:
        if (this.line.length > 0) this.commitLine();
        else {
          this.endOfFile = true;
          this.readable.wakeAll();
        }
        return;
      default:
        this.takeByte(byte);
        if (byte === NEWLINE) this.commitLine();
    }
  }

  private takeByte(byte: number): void {
    if (this.modes.echo) this.echo(byte);
    if (this.modes.canonical) this.line.push(byte);
    else this.push(Uint8Array.of(byte));
  }

  private commitLine(): void {
    const line = Uint8Array.from(this.line);
    this.line = [];
    this.push(line);
  }

  private push(bytes: Bytes): void {
    if (bytes.length === 0) return;
    this.ready.push(bytes);
    this.readyBytes += bytes.length;
    this.readable.wakeAll();
  }

  /** Erases whole UTF-8 characters, so many bytes at least. */
  private erase(bytes: number): void {
    let left = bytes;
    while (left > 0 && this.line.length > 0) {
      let last = this.line.pop() as number;
      left -= 1;
      while ((last & 0xc0) === 0x80 && this.line.length > 0) {
        last = this.line.pop() as number;
        left -= 1;
      }
      if (this.modes.echo) this.onOutput(Uint8Array.of(BACKSPACE, 0x20, BACKSPACE));
    }
  }

  private echo(byte: number): void {
    if (byte === NEWLINE) this.onOutput(Uint8Array.of(RETURN, NEWLINE));
    else if (byte < 0x20 && byte !== TAB) this.onOutput(Uint8Array.of(0x5e, byte + 0x40));
    else this.onOutput(Uint8Array.of(byte));
  }
}

function newlinesToReturns(bytes: Bytes): Bytes {
  let count = 0;
  for (const byte of bytes) if (byte === NEWLINE) count += 1;
  if (count === 0) return bytes;
  const result = new Uint8Array(bytes.length + count);
  let at = 0;
  for (const byte of bytes) {
    if (byte === NEWLINE) {
      result[at] = RETURN;
      at += 1;
    }
    result[at] = byte;
    at += 1;
  }
  return result;
}

function wordLength(line: readonly number[]): number {
  let at = line.length;
  while (at > 0 && line[at - 1] === 0x20) at -= 1;
  while (at > 0 && line[at - 1] !== 0x20) at -= 1;
  return line.length - at;
}
