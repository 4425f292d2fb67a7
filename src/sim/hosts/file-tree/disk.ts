import { Errno } from '../../kernel/errno.js';
import { LIMITS } from '../../kernel/limits.js';

/** What an inode costs beside its content, so that endless empty files fill a disk too. */
export const INODE_BYTES = 256;

/** The space of one disk, shared by the trees that lie on it. */
export class Disk {
  readonly limit: number;
  private taken = 0;

  constructor(limit: number = LIMITS.disk_bytes_max) {
    this.limit = limit;
  }

  get used(): number {
    return this.taken;
  }

  /** Takes space, or gives some back when negative. Throws ENOSPC and takes nothing when there is too little. */
  take(bytes: number): void {
    if (bytes > 0 && this.taken + bytes > this.limit) throw new Errno('ENOSPC');
    this.taken += bytes;
  }
}
