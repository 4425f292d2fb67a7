import type { Sys } from '../../kernel/sys.js';
import type { TerminalModes } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';

/** Keys from the terminal, which is not where the text comes from; one at a time, and not shown. */
export class Keyboard {
  readonly descriptor: number;
  private readonly sys: Sys;
  private readonly modes: TerminalModes;

  constructor(sys: Sys) {
    this.sys = sys;
    this.descriptor = sys.open('/dev/tty', { read: true });
    this.modes = sys.terminalModes(this.descriptor);
    this.begin();
  }

  begin(): void {
    this.sys.setTerminalModes(this.descriptor, { ...this.modes, echo: false, canonical: false });
  }

  /** The terminal is as it was found. */
  end(): void {
    this.sys.setTerminalModes(this.descriptor, this.modes);
  }

  close(): void {
    this.end();
    this.sys.close(this.descriptor);
  }

  /** The next key; `q` when nobody is there any more. */
  *next(): Waiting<string> {
    const bytes = yield* this.sys.read(this.descriptor, 1);
    return String.fromCharCode(bytes[0] ?? 0x71);
  }

  /** A line typed behind a sign on the bottom row; undefined when more than all of it was taken back. */
  *line(sign: string): Waiting<string | undefined> {
    let bytes = Buffer.alloc(0);
    yield* this.sys.write(1, `\r\x1b[K${sign}`);
    for (;;) {
      const key = yield* this.next();
      if (key === '\r' || key === '\n') return bytes.toString('utf8');
      if (key === '\x7f' || key === '\b') {
        if (bytes.length === 0) return undefined;
        bytes = Buffer.from([...bytes.toString('utf8')].slice(0, -1).join(''));
        yield* this.sys.write(1, '\b \b');
      } else if (key >= ' ') {
        const byte = Buffer.from(key, 'latin1');
        bytes = Buffer.concat([bytes, byte]);
        yield* this.sys.write(1, byte);
      }
    }
  }
}
