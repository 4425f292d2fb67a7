import type { Bytes } from '../../kernel/bytes.js';
import { NO_BYTES } from '../../kernel/bytes.js';
import type { Disk } from './disk.js';

const CAPACITY_MIN = 64;

/**
 * The bytes of a regular file. They grow in a buffer that doubles, so that many small appends stay linear; content
 * shared with another layer, or handed in from outside, is copied before the first change.
 */
export class FileContent {
  private readonly disk: Disk;
  private buffer: Bytes;
  private size: number;
  /** The buffer may be changed: nobody else holds it. */
  private owned = false;
  private make: (() => Bytes) | undefined;
  private charged = 0;

  private constructor(disk: Disk, bytes: Bytes, make: (() => Bytes) | undefined) {
    this.disk = disk;
    this.buffer = bytes;
    this.size = bytes.length;
    this.make = make;
  }

  /** Content of these bytes, which nobody may change any more. Throws ENOSPC. */
  static of(disk: Disk, bytes: Bytes): FileContent {
    const content = new FileContent(disk, bytes, undefined);
    content.charge(bytes.length);
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
    return new FileContent(disk, this.buffer.subarray(0, this.size), undefined);
  }

  /** Up to `max` bytes from a position; none at the end. The caller may keep them. */
  read(at: number, max: number): Bytes {
    this.materialize();
    const end = Math.min(this.size, at + max);
    if (at >= end) return NO_BYTES;
    return this.owned ? this.buffer.slice(at, end) : this.buffer.subarray(at, end);
  }

  /** All of it. The caller may keep it. */
  whole(): Bytes {
    return this.read(0, Number.MAX_SAFE_INTEGER);
  }

  /** Writes at a position, filling a gap before it with zeros. Throws ENOSPC. */
  write(at: number, bytes: Bytes): void {
    this.materialize();
    const end = Math.max(this.size, at + bytes.length);
    this.charge(end);
    this.reserve(end);
    this.buffer.set(bytes, at);
    this.size = end;
  }

  /** Cuts or extends with zeros. Throws ENOSPC. */
  truncate(size: number): void {
    if (size === 0) {
      this.make = undefined;
      this.buffer = NO_BYTES;
      this.owned = false;
      this.size = 0;
      this.charge(0);
      return;
    }
    this.materialize();
    if (size === this.size) return;
    this.charge(size);
    this.reserve(Math.max(size, this.size));
    if (size < this.size) this.buffer.fill(0, size, this.size);
    this.size = size;
  }

  /** Gives the space back; called when the last name and the last descriptor are gone. */
  free(): void {
    this.charge(0);
  }

  private charge(bytes: number): void {
    this.disk.take(bytes - this.charged);
    this.charged = bytes;
  }

  private materialize(): void {
    if (!this.make) return;
    const make = this.make;
    this.make = undefined;
    this.buffer = make();
    this.size = this.buffer.length;
  }

  private reserve(capacity: number): void {
    if (this.owned && this.buffer.length >= capacity) return;
    const grown = new Uint8Array(
      this.size === 0 ? Math.max(capacity, CAPACITY_MIN) : Math.max(capacity, this.size * 2),
    );
    grown.set(this.buffer.subarray(0, this.size), 0);
    this.buffer = grown;
    this.owned = true;
  }
}
