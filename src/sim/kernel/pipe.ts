import type { Bytes } from './bytes.js';
import { NO_BYTES } from './bytes.js';
import { Errno } from './errno.js';
import type { FileStat, OpenFile } from './files.js';
import { LIMITS } from './limits.js';
import { WaitQueue } from './wait.js';

/** The bytes on their way between the two ends of a pipe. */
class PipeBuffer {
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  chunks: Bytes[] = [];
  size = 0;
  readers = 1;
  writers = 1;
}

abstract class PipeEnd implements OpenFile {
  readonly kind = 'pipe';
  protected readonly buffer: PipeBuffer;
  private references = 1;

  constructor(buffer: PipeBuffer) {
    this.buffer = buffer;
  }

  get readable(): WaitQueue | undefined {
    return this.buffer.readable;
  }

  get writable(): WaitQueue | undefined {
    return this.buffer.writable;
  }

  tryRead(_max: number): Bytes | undefined {
    throw new Errno('EBADF');
  }

  hasInput(): boolean {
    return false;
  }

  tryWrite(_bytes: Bytes): number | undefined {
    throw new Errno('EBADF');
  }

  stat(): FileStat {
    return {
      type: 'fifo',
      mode: 0o600,
      uid: 0,
      gid: 0,
      size: 0,
      inode: 0,
      device: 0,
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

  retain(): void {
    this.references += 1;
  }

  release(): void {
    this.references -= 1;
    if (this.references === 0) this.closed();
  }

  protected abstract closed(): void;
}

class ReadEnd extends PipeEnd {
  override tryRead(max: number): Bytes | undefined {
    const { buffer } = this;
    const first = buffer.chunks[0];
    if (first === undefined) return buffer.writers === 0 ? NO_BYTES : undefined;
    const taken = first.length > max ? first.subarray(0, max) : first;
    if (taken === first) buffer.chunks.shift();
    else buffer.chunks[0] = first.subarray(max);
    buffer.size -= taken.length;
    buffer.writable.wakeAll();
    return taken;
  }

  override hasInput(): boolean {
    return this.buffer.size > 0 || this.buffer.writers === 0;
  }

  protected closed(): void {
    this.buffer.readers = 0;
    this.buffer.writable.wakeAll();
  }
}

class WriteEnd extends PipeEnd {
  override tryWrite(bytes: Bytes): number | undefined {
    const { buffer } = this;
    if (buffer.readers === 0) throw new Errno('EPIPE');
    // Nothing written is nothing to read: an empty piece would be taken for the end.
    if (bytes.length === 0) return 0;
    const room = LIMITS.pipe_bytes_max - buffer.size;
    if (room <= 0) return undefined;
    const taken = bytes.length > room ? bytes.subarray(0, room) : bytes;
    buffer.chunks.push(taken.slice());
    buffer.size += taken.length;
    buffer.readable.wakeAll();
    return taken.length;
  }

  protected closed(): void {
    this.buffer.writers = 0;
    this.buffer.readable.wakeAll();
  }
}

/** Makes a pipe; each end is held once. */
export function createPipe(): { read: OpenFile; write: OpenFile } {
  const buffer = new PipeBuffer();
  return { read: new ReadEnd(buffer), write: new WriteEnd(buffer) };
}
