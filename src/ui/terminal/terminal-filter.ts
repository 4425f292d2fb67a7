const ESC = 0x1b;
const BEL = 0x07;
/** `]` titles and the clipboard, `P` device strings, `X`, `^` and `_` messages to programs: all take a string. */
const STRINGS = new Set([...']PX^_'].map((sign) => sign.charCodeAt(0)));
/** `CSI … t` moves, resizes and asks the window itself. */
const WINDOW = 't'.charCodeAt(0);
/** Longer ones are no sequences. */
const SEQUENCE_BYTES_MAX = 256;

/**
 * What a simulated terminal says on its way to a person's own: moves, colours and modes pass, for editors need them; what
 * reaches beyond the screen (the window and its title, the clipboard, other programs) is left out.
 */
export class TerminalFilter {
  /** Bytes of a sequence that is not over. */
  private open: number[] = [];
  private state: 'text' | 'escape' | 'sequence' | 'string' | 'string-escape' | 'lead' = 'text';

  /** The bytes that may pass, of these and of what was held back before. */
  pass(bytes: Uint8Array): Uint8Array {
    const passed: number[] = [];
    for (const byte of bytes) this.take(byte, passed);
    return Uint8Array.from(passed);
  }

  private take(byte: number, passed: number[]): void {
    switch (this.state) {
      case 'text':
        if (byte === ESC) this.hold('escape', byte);
        else if (byte === 0xc2) this.hold('lead', byte);
        else passed.push(byte);
        return;
      case 'lead':
        // U+0080 to U+009F are the same sequences in one character.
        this.state = 'text';
        if (byte < 0x80 || byte > 0x9f) passed.push(...this.open, byte);
        return;
      case 'escape':
        if (STRINGS.has(byte)) this.state = 'string';
        else if (byte === 0x5b) this.hold('sequence', ...this.open, byte);
        else this.release(byte, passed);
        return;
      case 'sequence':
        this.open.push(byte);
        if (byte < 0x40 && this.open.length < SEQUENCE_BYTES_MAX) return;
        this.state = 'text';
        if (byte !== WINDOW) passed.push(...this.open);
        return;
      case 'string':
        if (byte === BEL) this.state = 'text';
        else if (byte === ESC) this.state = 'string-escape';
        return;
      case 'string-escape':
        this.state = byte === ESC ? 'string-escape' : byte === 0x5c ? 'text' : 'string';
    }
  }

  private hold(state: 'escape' | 'lead' | 'sequence', ...bytes: number[]): void {
    this.state = state;
    this.open = bytes;
  }

  private release(byte: number, passed: number[]): void {
    this.state = 'text';
    passed.push(...this.open, byte);
  }
}
