import { type Bytes, concatBytes, NO_BYTES } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import type { Shell } from '../state/shell.js';
import { takeKey } from './keys.js';

/** After a lone escape so long, nothing more is expected to belong to it. */
const ESCAPE_PAUSE = 500_000;
const PASTE_END = '\x1b[201~';

/** What is typed, cut into keys. */
export class Typed {
  private text = '';
  private bytes: Bytes = NO_BYTES;
  /** The window changed, and nobody was told yet. */
  private resized = false;

  constructor(
    private readonly shell: Shell,
    private readonly descriptor: number,
  ) {}

  /** More plain characters are already there: no need to redraw for each. */
  get hasPlainText(): boolean {
    return /^[^\x00-\x1f\x7f]/.test(this.text);
  }

  /** Forgets what was typed ahead. */
  clear(): void {
    this.text = '';
    this.bytes = NO_BYTES;
  }

  /** The next key; undefined at the end of input. */
  *next(): Waiting<string | undefined | 'interrupted' | 'resized'> {
    if (this.resized) {
      this.resized = false;
      return 'resized';
    }
    for (;;) {
      const taken = takeKey(this.text);
      if (taken) {
        this.text = taken.rest;
        return taken.key;
      }
      const event = yield* this.more(this.text !== '');
      if (event === 'paused') {
        const key = this.text;
        this.text = '';
        return key;
      }
      if (event !== 'more') return event;
    }
  }

  /** The next character whatever it is (Ctrl-V). */
  *nextRaw(): Waiting<string | undefined> {
    while (this.text === '') if ((yield* this.more(false)) !== 'more') return undefined;
    const char = String.fromCodePoint(this.text.codePointAt(0) as number);
    this.text = this.text.slice(char.length);
    return char;
  }

  /** The text of a bracketed paste, up to its end mark. A window that changes meanwhile is told of afterwards. */
  *pasted(): Waiting<string> {
    const pieces: string[] = [];
    for (;;) {
      const end = this.text.indexOf(PASTE_END);
      if (end >= 0) {
        pieces.push(this.text.slice(0, end));
        this.text = this.text.slice(end + PASTE_END.length);
        return pieces.join('').replace(/\r\n?/g, '\n');
      }
      // Only the last characters may be the beginning of the mark: a long paste is not looked through again and again.
      const whole = Math.max(0, this.text.length - PASTE_END.length);
      pieces.push(this.text.slice(0, whole));
      this.text = this.text.slice(whole);
      const event = yield* this.more(false);
      if (event === 'resized') this.resized = true;
      else if (event !== 'more') return '';
    }
  }

  private *more(pausing: boolean): Waiting<'more' | 'paused' | 'interrupted' | 'resized' | undefined> {
    const { sys } = this.shell;
    try {
      if (pausing && (yield* sys.poll([this.descriptor], ESCAPE_PAUSE)).length === 0) return 'paused';
      const bytes = yield* sys.read(this.descriptor);
      if (bytes.length === 0) return undefined;
      this.bytes = this.bytes.length === 0 ? bytes : concatBytes([this.bytes, bytes]);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code !== 'EINTR') return undefined;
      return yield* this.signalled();
    }
    const whole = wholeLength(this.bytes);
    this.text += bytesToText(this.bytes.subarray(0, whole));
    this.bytes = this.bytes.subarray(whole);
    return 'more';
  }

  private *signalled(): Waiting<'interrupted' | 'resized' | 'more'> {
    const { shell } = this;
    shell.collectSignals();
    const resized = shell.pending.includes('WINCH');
    shell.pending = shell.pending.filter((signal) => signal !== 'WINCH');
    if (shell.pending.includes('INT') && !shell.traps.get('INT')) {
      shell.pending = shell.pending.filter((signal) => signal !== 'INT');
      return 'interrupted';
    }
    yield* shell.checkSignals();
    return resized ? 'resized' : 'more';
  }
}

/** The bytes up to the last whole UTF-8 character. */
function wholeLength(bytes: Bytes): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
