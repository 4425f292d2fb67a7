import type { Bytes } from '../../kernel/bytes.js';
import { NO_BYTES } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';
import type { FileStat, OpenFile, OpenFlags } from '../../kernel/files.js';
import type { Micros } from '../../kernel/time.js';
import type { BlockDevice } from './block-device.js';
import type { Inode } from './inode.js';

/** How a file was opened: the inode, the flags, the path, and the device number of the mount. */
export interface Opening {
  readonly inode: Inode;
  readonly flags: OpenFlags;
  readonly path: string;
  readonly device: number;
  readonly clock: () => Micros;
}

type Whence = 'set' | 'current' | 'end';

/** What all open inodes have in common: counted references and a position. Files on a disk never make anybody wait. */
abstract class OpenInode implements OpenFile {
  abstract readonly kind: OpenFile['kind'];
  readonly readable = undefined;
  readonly writable = undefined;
  readonly opening: Opening;
  protected position = 0;
  private references = 1;

  constructor(opening: Opening) {
    this.opening = opening;
    opening.inode.opens += 1;
  }

  get path(): string {
    return this.opening.path;
  }

  get inode(): Inode {
    return this.opening.inode;
  }

  stat(): FileStat {
    return this.inode.stat(this.opening.device);
  }

  retain(): void {
    this.references += 1;
  }

  release(): void {
    this.references -= 1;
    if (this.references > 0) return;
    this.inode.opens -= 1;
    this.inode.freeWhenUnused();
  }

  hasInput(): boolean {
    return true;
  }

  abstract tryRead(max: number): Bytes | undefined;
  abstract tryWrite(bytes: Bytes): number | undefined;
  abstract truncate(size: number): void;
  protected abstract get length(): number;

  seek(offset: number, whence: Whence): number {
    const from = whence === 'set' ? 0 : whence === 'current' ? this.position : this.length;
    if (from + offset < 0) throw new Errno('EINVAL');
    this.position = from + offset;
    return this.position;
  }
}

/** An open regular file. */
export class RegularFile extends OpenInode {
  readonly kind = 'file';

  private get content() {
    const { body } = this.inode;
    if (body.type !== 'file' || !('content' in body)) throw new Errno('EINVAL');
    return body.content;
  }

  protected get length(): number {
    return this.content.length;
  }

  tryRead(max: number): Bytes {
    if (!this.opening.flags.read) throw new Errno('EBADF');
    const bytes = this.content.read(this.position, max);
    this.position += bytes.length;
    const { inode } = this;
    // relatime: only the first read after a change is written down.
    if (inode.accessed <= inode.modified) inode.accessed = this.opening.clock();
    return bytes;
  }

  tryWrite(bytes: Bytes): number {
    const { flags } = this.opening;
    if (!flags.write && !flags.append) throw new Errno('EBADF');
    if (bytes.length === 0) return 0;
    if (flags.append) this.position = this.length;
    this.content.write(this.position, bytes);
    this.position += bytes.length;
    this.changed();
    return bytes.length;
  }

  truncate(size: number): void {
    if (!this.opening.flags.write && !this.opening.flags.append) throw new Errno('EINVAL');
    this.content.truncate(size);
    this.changed();
  }

  private changed(): void {
    this.inode.attachment = undefined;
    this.inode.touch(this.opening.clock());
  }
}

/** An open block device. */
export class BlockFile extends OpenInode {
  readonly kind = 'device';

  constructor(
    opening: Opening,
    private readonly blocks: BlockDevice,
  ) {
    super(opening);
  }

  protected get length(): number {
    return this.blocks.bytes;
  }

  tryRead(max: number): Bytes {
    if (!this.opening.flags.read) throw new Errno('EBADF');
    const bytes = this.blocks.read(this.position, max);
    this.position += bytes.length;
    return bytes;
  }

  tryWrite(bytes: Bytes): number {
    const { flags } = this.opening;
    if (!flags.write && !flags.append) throw new Errno('EBADF');
    if (bytes.length === 0) return 0;
    const written = this.blocks.write(this.position, bytes);
    this.position += written;
    return written;
  }

  truncate(): void {
    throw new Errno('EINVAL');
  }
}

/** An open made-up file: what it says was fixed when it was opened; what is written goes to its owner at each write. */
export class MadeUpFile extends OpenInode {
  readonly kind = 'file';
  private bytes: Bytes | undefined;

  private get dynamic() {
    const { body } = this.inode;
    if (body.type !== 'file' || !('dynamic' in body)) throw new Errno('EINVAL');
    return body.dynamic;
  }

  protected get length(): number {
    return this.whole().length;
  }

  tryRead(max: number): Bytes {
    if (!this.opening.flags.read) throw new Errno('EBADF');
    const bytes = this.whole().subarray(this.position, this.position + max);
    this.position += bytes.length;
    return bytes;
  }

  tryWrite(bytes: Bytes): number {
    const { flags } = this.opening;
    const { dynamic } = this;
    if ((!flags.write && !flags.append) || !dynamic.store) throw new Errno('EBADF');
    dynamic.store(bytes);
    return bytes.length;
  }

  truncate(): void {}

  private whole(): Bytes {
    this.bytes ??= this.dynamic.make();
    return this.bytes;
  }
}

/** An open directory: a descriptor to hold, not to read. */
export class DirectoryFile extends OpenInode {
  readonly kind = 'directory';
  protected readonly length = 0;

  tryRead(): Bytes {
    throw new Errno('EISDIR');
  }

  tryWrite(): number {
    throw new Errno('EBADF');
  }

  truncate(): void {
    throw new Errno('EINVAL');
  }
}

/** An open character device without state, from what reading and writing it do. */
export class DeviceFile implements OpenFile {
  readonly kind = 'device';
  readonly readable = undefined;
  readonly writable = undefined;
  readonly path: string;
  private readonly read: (max: number) => Bytes;
  private readonly write: (bytes: Bytes) => number;
  private readonly statNow: () => FileStat;
  private readonly flags: OpenFlags;

  constructor(
    path: string,
    flags: OpenFlags,
    stat: () => FileStat,
    does: { read?: (max: number) => Bytes; write?: (bytes: Bytes) => number },
  ) {
    this.path = path;
    this.flags = flags;
    this.statNow = stat;
    this.read = does.read ?? (() => NO_BYTES);
    this.write = does.write ?? ((bytes) => bytes.length);
  }

  tryRead(max: number): Bytes {
    if (!this.flags.read) throw new Errno('EBADF');
    return this.read(max);
  }

  hasInput(): boolean {
    return true;
  }

  tryWrite(bytes: Bytes): number {
    if (!this.flags.write && !this.flags.append) throw new Errno('EBADF');
    return this.write(bytes);
  }

  stat(): FileStat {
    return this.statNow();
  }

  seek(): number {
    return 0;
  }

  truncate(): void {
    throw new Errno('EINVAL');
  }

  retain(): void {}

  release(): void {}
}
