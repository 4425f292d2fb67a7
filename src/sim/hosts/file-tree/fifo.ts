import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, NO_BYTES } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';
import type { FileStat, OpenFile, OpenFlags } from '../../kernel/files.js';
import { LIMITS } from '../../kernel/limits.js';
import { WaitQueue } from '../../kernel/wait.js';

/**
 * A named pipe. Opening does not wait for the other side, as open(2) would; instead the first read waits until a writer
 * has come and the first write until a reader has.
 */
export class Fifo {
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  readers = 0;
  writers = 0;
  /** Ever since both sides were last gone. */
  hadReader = false;
  hadWriter = false;
  private chunks: Bytes[] = [];
  private bytes = 0;

  /** Whether reading would give something, or the end. */
  get hasInput(): boolean {
    return this.bytes > 0 || (this.writers === 0 && this.hadWriter);
  }

  take(max: number): Bytes | undefined {
    if (this.bytes === 0) return this.writers === 0 && this.hadWriter ? NO_BYTES : undefined;
    const all = concatBytes(this.chunks);
    const taken = all.subarray(0, max);
    this.chunks = taken.length < all.length ? [all.subarray(taken.length)] : [];
    this.bytes -= taken.length;
    this.writable.wakeAll();
    return taken;
  }

  give(bytes: Bytes): number | undefined {
    if (this.readers === 0) {
      if (this.hadReader) throw new Errno('EPIPE');
      return undefined;
    }
    const room = LIMITS.pipe_bytes_max - this.bytes;
    if (room === 0) return undefined;
    const taken = bytes.slice(0, room);
    this.chunks.push(taken);
    this.bytes += taken.length;
    this.readable.wakeAll();
    return taken.length;
  }

  /** One side was opened (1) or closed (-1). */
  count(flags: OpenFlags, by: 1 | -1): void {
    if (flags.read) this.readers += by;
    if (flags.write || flags.append) this.writers += by;
    if (this.readers > 0) this.hadReader = true;
    if (this.writers > 0) this.hadWriter = true;
    if (this.readers + this.writers === 0) {
      this.hadReader = false;
      this.hadWriter = false;
      this.chunks = [];
      this.bytes = 0;
    }
    this.readable.wakeAll();
    this.writable.wakeAll();
  }
}

/** An open named pipe. */
export class FifoFile implements OpenFile {
  readonly kind = 'pipe';
  readonly readable: WaitQueue;
  readonly writable: WaitQueue;
  readonly path: string;
  private readonly fifo: Fifo;
  private readonly flags: OpenFlags;
  private readonly statNow: () => FileStat;
  private references = 1;

  constructor(fifo: Fifo, flags: OpenFlags, path: string, stat: () => FileStat) {
    this.fifo = fifo;
    this.flags = flags;
    this.path = path;
    this.statNow = stat;
    this.readable = fifo.readable;
    this.writable = fifo.writable;
    fifo.count(flags, 1);
  }

  tryRead(max: number): Bytes | undefined {
    if (!this.flags.read) throw new Errno('EBADF');
    return this.fifo.take(max);
  }

  hasInput(): boolean {
    return this.fifo.hasInput;
  }

  tryWrite(bytes: Bytes): number | undefined {
    if (!this.flags.write && !this.flags.append) throw new Errno('EBADF');
    return this.fifo.give(bytes);
  }

  stat(): FileStat {
    return this.statNow();
  }

  seek(): number {
    throw new Errno('ESPIPE');
  }

  truncate(): void {
    throw new Errno('EINVAL');
  }

  retain(): void {
    this.references += 1;
  }

  release(): void {
    this.references -= 1;
    if (this.references === 0) this.fifo.count(this.flags, -1);
  }
}
