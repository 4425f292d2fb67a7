import { Errno } from '../../kernel/errno.js';
import { LIMITS } from '../../kernel/limits.js';

/** What an inode costs beside its content, so that endless empty files fill a disk too. */
export const INODE_BYTES = 256;

/** How a disk differs from an empty one of its own. */
export interface DiskOptions {
  /** Where what is taken here is taken too: the disk that a layer lies on. */
  readonly below?: Disk;
  /** Bytes that are in use before anybody takes some. */
  readonly atRest?: number;
}

/** The space of one disk, shared by the trees that lie on it. */
export class Disk {
  readonly limit: number;
  private readonly below: Disk | undefined;
  private readonly atRest: number;
  private taken = 0;
  private kept = 0;

  constructor(limit: number = LIMITS.disk_bytes_max, options: DiskOptions = {}) {
    this.limit = limit;
    this.below = options.below;
    this.atRest = options.atRest ?? 0;
  }

  get used(): number {
    return this.below ? this.below.used : this.atRest + this.taken;
  }

  /** What was taken by those who lie on it. */
  get own(): number {
    return this.taken;
  }

  /**
   * Takes space, or gives some back when negative. `kept` of the bytes are really held, which has a limit of its own
   * on every disk. Throws ENOSPC and takes nothing when there is too little.
   */
  take(bytes: number, kept = bytes): void {
    if (bytes > 0 && !this.below && this.used + bytes > this.limit) throw new Errno('ENOSPC');
    if (kept > 0 && this.kept + kept > LIMITS.disk_bytes_max) throw new Errno('ENOSPC');
    this.below?.take(bytes, kept);
    this.taken += bytes;
    this.kept += kept;
  }
}
