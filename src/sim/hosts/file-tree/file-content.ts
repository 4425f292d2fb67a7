import type { Bytes } from '../../kernel/bytes.js';
import { NO_BYTES } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';
import { LIMITS } from '../../kernel/limits.js';
import type { Disk } from './disk.js';

const CAPACITY_MIN = 64;

/** Zeros to compare with and to read from a hole. */
const ZEROS = new Uint8Array(65_536);

/**
 * The bytes of a regular file. They grow in a buffer that doubles, so that many small appends stay linear; content
 * shared with another layer, or handed in from outside, is copied before the first change. Zeros at the end are only
 * counted: a file may fill a disk that is larger than our memory.
 */
export class FileContent {
  private readonly disk: Disk;
  private buffer: Bytes;
  private size: number;
  /** The buffer may be changed: nobody else holds it. */
  private owned = false;
  private make: (() => Bytes) | undefined;
  private charged = 0;
  private kept = 0;
  /** Bytes from the start that the buffer holds; zeros follow. */
  private dense: number;

  private constructor(disk: Disk, bytes: Bytes, make: (() => Bytes) | undefined) {
    this.disk = disk;
    this.buffer = bytes;
    this.size = bytes.length;
    this.dense = bytes.length;
    this.make = make;
  }

  /** Content of these bytes, which nobody may change any more. Throws ENOSPC. */
  static of(disk: Disk, bytes: Bytes): FileContent {
    const content = new FileContent(disk, bytes, undefined);
    content.charge(bytes.length, bytes.length);
    return content;
  }

  /** Content that is made when somebody first looks at it. */
  static lazy(disk: Disk, make: () => Bytes): FileContent {
    return new FileContent(disk, NO_BYTES, make);
  }

  get length(): number {
    this.materialize();
    return this.size;
  }

  /** Content for an upper layer: shares the bytes and costs nothing until one of them changes. */
  share(disk: Disk): FileContent {
    if (this.make) return new FileContent(disk, NO_BYTES, () => this.whole());
    this.owned = false;
    const shared = new FileContent(disk, this.buffer.subarray(0, this.dense), undefined);
    shared.size = this.size;
    return shared;
  }

  /** Up to `max` bytes from a position; none at the end. The caller may keep them. */
  read(at: number, max: number): Bytes {
    this.materialize();
    const end = Math.min(this.size, at + max);
    if (at >= end) return NO_BYTES;
    if (end > this.dense) return this.readHole(at, end);
    return this.owned ? this.buffer.slice(at, end) : this.buffer.subarray(at, end);
  }

  /** All of it. The caller may keep it. */
  whole(): Bytes {
    if (this.length > LIMITS.disk_bytes_max) throw new Errno('EFBIG');
    return this.read(0, Number.MAX_SAFE_INTEGER);
  }

  /** Writes at a position, filling a gap before it with zeros. Throws ENOSPC. */
  write(at: number, bytes: Bytes): void {
    this.materialize();
    const end = Math.max(this.size, at + bytes.length);
    if (at >= this.dense && isZero(bytes)) {
      this.charge(end, this.dense);
      this.size = end;
      return;
    }
    const dense = Math.max(this.dense, at + bytes.length);
    this.charge(end, dense);
    this.reserve(dense);
    this.buffer.set(bytes, at);
    this.size = end;
    this.dense = dense;
  }

  /** Cuts or extends with zeros. Throws ENOSPC. */
  truncate(size: number): void {
    if (size === 0) {
      this.make = undefined;
      this.buffer = NO_BYTES;
      this.owned = false;
      this.size = 0;
      this.dense = 0;
      this.charge(0, 0);
      return;
    }
    this.materialize();
    if (size === this.size) return;
    const dense = Math.min(size, this.dense);
    this.charge(size, dense);
    if (dense < this.dense) {
      this.reserve(this.dense);
      this.buffer.fill(0, dense, this.dense);
    }
    this.size = size;
    this.dense = dense;
  }

  /** Gives the space back; called when the last name and the last descriptor are gone. */
  free(): void {
    this.charge(0, 0);
  }

  private charge(bytes: number, kept: number): void {
    this.disk.take(bytes - this.charged, kept - this.kept);
    this.charged = bytes;
    this.kept = kept;
  }

  /** A part that ends behind what the buffer holds. */
  private readHole(at: number, end: number): Bytes {
    if (at >= this.dense && end - at <= ZEROS.length) return ZEROS.subarray(0, end - at);
    const bytes = new Uint8Array(end - at);
    if (at < this.dense) bytes.set(this.buffer.subarray(at, this.dense));
    return bytes;
  }

  private materialize(): void {
    if (!this.make) return;
    const make = this.make;
    this.make = undefined;
    this.buffer = make();
    this.size = this.buffer.length;
    this.dense = this.size;
  }

  private reserve(capacity: number): void {
    if (this.owned && this.buffer.length >= capacity) return;
    const grown = new Uint8Array(
      this.dense === 0 ? Math.max(capacity, CAPACITY_MIN) : Math.max(capacity, this.dense * 2),
    );
    grown.set(this.buffer.subarray(0, this.dense), 0);
    this.buffer = grown;
    this.owned = true;
  }
}

function isZero(bytes: Bytes): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (Buffer.compare(part, ZEROS.subarray(0, part.length)) !== 0) return false;
  }
  return true;
}
