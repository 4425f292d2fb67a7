import type { Bytes } from '../../kernel/bytes.js';
import { NO_BYTES } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';
import type { FileStat, OpenFile } from '../../kernel/files.js';
import type { WaitQueue } from '../../kernel/wait.js';

/** What a here-document or here-string gives to its reader: bytes that are there at once, as a deleted temporary file's. */
export class HereDocumentFile implements OpenFile {
  readonly kind = 'file';
  readonly readable: WaitQueue | undefined = undefined;
  readonly writable: WaitQueue | undefined = undefined;
  private at = 0;

  constructor(
    private readonly bytes: Bytes,
    private readonly instant: number,
    private readonly owner: { uid: number; gid: number },
  ) {}

  tryRead(max: number): Bytes {
    if (this.at >= this.bytes.length) return NO_BYTES;
    const chunk = this.bytes.subarray(this.at, this.at + max);
    this.at += chunk.length;
    return chunk;
  }

  hasInput(): boolean {
    return true;
  }

  tryWrite(): number {
    throw new Errno('EBADF');
  }

  stat(): FileStat {
    const { instant, owner, bytes } = this;
    return {
      type: 'file',
      mode: 0o600,
      ...owner,
      size: bytes.length,
      inode: 0,
      device: 0,
      links: 0,
      accessed: instant,
      modified: instant,
      changed: instant,
    };
  }

  seek(offset: number, whence: 'set' | 'current' | 'end'): number {
    const base = whence === 'set' ? 0 : whence === 'current' ? this.at : this.bytes.length;
    if (base + offset < 0) throw new Errno('EINVAL');
    this.at = base + offset;
    return this.at;
  }

  truncate(): void {
    throw new Errno('EINVAL');
  }

  retain(): void {}

  release(): void {}
}
