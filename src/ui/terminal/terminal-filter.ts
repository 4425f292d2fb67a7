const ESC = 0x1b;
const BEL = 0x07;
/** `]` titles and the clipboard, `P` device strings, `X`, `^` and `_` messages to programs: all take a string. */
const STRINGS = new Set([...']PX^_'].map((sign) => sign.charCodeAt(0)));
/** `CSI … t` moves, resizes and asks the window itself. */
const WINDOW = 't'.charCodeAt(0);
/** Longer ones are left out. */
const SEQUENCE_BYTES_MAX = 256;
/** They end whatever is open, for a terminal as well. */
const CANCELS = new Set([0x18, 0x1a]);
/** The first byte of U+0080 to U+00BF. */
const LEAD = 0xc2;
const STRING_END = 0x9c;

type State = 'text' | 'lead' | 'escape' | 'sequence' | 'string' | 'string-lead' | 'string-escape';

/**
 * What a simulated terminal says on its way to a person's own: moves, colours and modes pass, for editors need them; what
 * reaches beyond the screen (the window and its title, the clipboard, other programs) is left out. A sequence that is
 * broken off by another is so here too, or what is left out would begin behind it.
 */
export class TerminalFilter {
  /** Bytes of a sequence that is not over. */
  private open: number[] = [];
  private state: State = 'text';

  /** The bytes that may pass, of these and of what was held back before. */
  pass(bytes: Uint8Array): Uint8Array {
    const passed: number[] = [];
    for (const byte of bytes) this.take(byte, passed);
    return Uint8Array.from(passed);
  }

  private take(byte: number, passed: number[]): void {
    switch (this.state) {
      case 'text':
        return this.takeText(byte, passed);
      case 'lead':
        this.state = 'text';
        // U+0080 to U+009F are the same sequences in one character.
        if (byte >= 0x80 && byte <= 0x9f) return;
        passed.push(LEAD);
        return this.takeText(byte, passed);
      case 'escape':
      case 'sequence':
        return this.takeControl(byte, passed);
      default:
        this.state = afterString(this.state, byte);
    }
  }

  private takeText(byte: number, passed: number[]): void {
    if (byte === ESC) this.hold('escape', byte);
    else if (byte === LEAD) this.state = 'lead';
    else passed.push(byte);
  }

  /** Inside a sequence: one more of its bytes, what a terminal does meanwhile, or what breaks it off. */
  private takeControl(byte: number, passed: number[]): void {
    if (byte === ESC) this.hold('escape', byte);
    else if (CANCELS.has(byte)) this.state = 'text';
    else if (byte < 0x20) passed.push(byte);
    else if (byte >= 0x7f) {
      if (byte === 0x7f) return;
      this.state = 'text';
      this.takeText(byte, passed);
    } else if (this.state === 'sequence') this.takeSequence(byte, passed);
    else if (STRINGS.has(byte)) this.state = 'string';
    else if (byte === 0x5b) this.hold('sequence', ESC, byte);
    else this.release(byte, passed);
  }

  private takeSequence(byte: number, passed: number[]): void {
    const tooLong = this.open.length >= SEQUENCE_BYTES_MAX;
    if (byte < 0x40) {
      if (!tooLong) this.open.push(byte);
    } else if (tooLong || byte === WINDOW) this.state = 'text';
    else this.release(byte, passed);
  }

  private hold(state: 'escape' | 'sequence', ...bytes: number[]): void {
    this.state = state;
    this.open = bytes;
  }

  private release(byte: number, passed: number[]): void {
    this.state = 'text';
    passed.push(...this.open, byte);
  }
}

/** In a string, none of which passes: whether it is over. */
function afterString(state: State, byte: number): State {
  if (byte === BEL || CANCELS.has(byte)) return 'text';
  if (byte === ESC) return 'string-escape';
  if (byte === LEAD) return 'string-lead';
  const ends = state === 'string-escape' ? byte === 0x5c : state === 'string-lead' && byte === STRING_END;
  return ends ? 'text' : 'string';
}
