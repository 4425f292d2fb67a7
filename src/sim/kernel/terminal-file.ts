import type { Bytes } from './bytes.js';
import { Errno } from './errno.js';
import type { FileStat, OpenFile } from './files.js';
import type { Terminal } from './terminal.js';
import type { WaitQueue } from './wait.js';

/** A terminal as an open file: /dev/pts/N. */
export class TerminalFile implements OpenFile {
  readonly kind = 'terminal';
  readonly writable: undefined;
  readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  get path(): string {
    return `/dev/pts/${this.terminal.number}`;
  }

  get readable(): WaitQueue {
    return this.terminal.readable;
  }

  tryRead(max: number): Bytes | undefined {
    return this.terminal.tryRead(max);
  }

  hasInput(): boolean {
    return this.terminal.hasInput();
  }

  tryWrite(bytes: Bytes): number {
    this.terminal.write(bytes);
    return bytes.length;
  }

  stat(): FileStat {
    return {
      type: 'character-device',
      mode: 0o620,
      uid: 0,
      gid: 5,
      size: 0,
      inode: this.terminal.number + 3,
      device: 24,
      links: 1,
      accessed: 0,
      modified: 0,
      changed: 0,
    };
  }

  seek(): number {
    throw new Errno('ESPIPE');
  }

  truncate(): void {
    throw new Errno('EINVAL');
  }

  retain(): void {}

  release(): void {}
}
