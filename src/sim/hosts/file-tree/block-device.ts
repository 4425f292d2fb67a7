import type { Bytes } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';

const BLOCK_BYTES = 4096;

/** What a block device holds: as many bytes as it was made with, zero until somebody writes them. */
export class BlockDevice {
  private readonly blocks = new Map<number, Uint8Array>();

  constructor(readonly bytes: number) {}

  /** Another device, at least as large, that begins with the same bytes. */
  copy(bytes: number): BlockDevice {
    const copy = new BlockDevice(Math.max(bytes, this.bytes));
    for (const [number, block] of this.blocks) copy.blocks.set(number, Uint8Array.from(block));
    return copy;
  }

  /** Up to `max` bytes from a position; none at the end. */
  read(position: number, max: number): Bytes {
    const length = Math.max(Math.min(max, this.bytes - position), 0);
    const read = new Uint8Array(length);
    this.each(position, length, (number, within, at, count) => {
      const block = this.blocks.get(number);
      if (block) read.set(block.subarray(within, within + count), at);
    });
    return read;
  }

  /** Writes what there is room for; the number of bytes. Throws ENOSPC at the end. */
  write(position: number, bytes: Bytes): number {
    const length = Math.min(bytes.length, this.bytes - position);
    if (length <= 0) throw new Errno('ENOSPC');
    this.each(position, length, (number, within, at, count) => {
      const part = bytes.subarray(at, at + count);
      const known = this.blocks.get(number);
      // What is zero already needs no room.
      if (!known && part.every((byte) => byte === 0)) return;
      const block = known ?? new Uint8Array(BLOCK_BYTES);
      block.set(part, within);
      this.blocks.set(number, block);
    });
    return length;
  }

  private each(
    position: number,
    length: number,
    take: (number: number, within: number, at: number, count: number) => void,
  ): void {
    for (let at = 0; at < length; ) {
      const number = Math.floor((position + at) / BLOCK_BYTES);
      const within = (position + at) % BLOCK_BYTES;
      const count = Math.min(BLOCK_BYTES - within, length - at);
      take(number, within, at, count);
      at += count;
    }
  }
}
