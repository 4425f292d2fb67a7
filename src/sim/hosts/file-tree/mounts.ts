import { Errno } from '../../kernel/errno.js';
import type { Micros } from '../../kernel/time.js';
import type { Disk } from './disk.js';
import type { Attributes, Body, Inode } from './inode.js';

/** A tree as the functions that change it see it. */
export interface Layer {
  readonly clock: () => Micros;
  /** What `mount` and `df` say. */
  readonly type: string;
  readonly source: string;
  readonly disk: Disk;
  readonly mountTable: MountTable;
  /** A base of other layers: must not change any more. */
  readonly frozen: boolean;
  /** A new inode of this tree. Throws ENOSPC. */
  makeInode(body: Body, own: Attributes): Inode;
  /** An inode that lost its last name. */
  dropInode(inode: Inode): void;
}

/** A point that a path has passed: the inode, the name it was reached by, and the mount it lies in. */
export interface Place {
  readonly inode: Inode;
  readonly name: string;
  readonly mount: Mount;
}

/** A tree, or a part of one, put over a directory or file of another; a tree's own root is one too. */
export interface Mount {
  readonly path: string;
  readonly tree: Layer;
  readonly root: Inode;
  readonly readOnly: boolean;
  /** Number that stat shows; different for each mount of a tree. */
  readonly device: number;
  /** What it was mounted over; undefined for the root. */
  readonly over: Inode | undefined;
}

/** What is mounted in one tree. */
export class MountTable {
  private own: Mount;
  private readonly mounts: Mount[] = [];
  private readonly byPoint = new Map<Inode, Mount>();
  private nextDevice: number;

  constructor(root: Mount) {
    this.own = root;
    this.nextDevice = root.device + 1;
  }

  /** The tree itself. */
  get root(): Mount {
    return this.own;
  }

  /** Makes the root read-only; what is mounted elsewhere keeps its own mode. */
  sealRoot(): void {
    this.own = { ...this.own, readOnly: true };
  }

  /** All, in the order they were mounted, without the root. */
  get list(): readonly Mount[] {
    return this.mounts;
  }

  /** Goes from a mount point into what is mounted there, by this tree or by the tree that the place lies in. */
  cross(place: Place): Place {
    let at = place;
    for (;;) {
      const mount = this.byPoint.get(at.inode) ?? at.mount.tree.mountTable.byPoint.get(at.inode);
      // A tree mounted over a part of itself would lead back to the same point.
      if (!mount || mount.root === at.inode) return at;
      const readOnly = mount.readOnly || (at.mount.readOnly && mount.tree === at.mount.tree);
      at = { inode: mount.root, name: at.name, mount: readOnly === mount.readOnly ? mount : { ...mount, readOnly } };
    }
  }

  add(path: string, tree: Layer, root: Inode, over: Inode, readOnly: boolean): void {
    const mount: Mount = { path, tree, root, readOnly, device: this.nextDevice, over };
    this.nextDevice += 1;
    this.mounts.push(mount);
    this.byPoint.set(over, mount);
  }

  /** Takes away what was mounted last at a path. Throws EINVAL when nothing is mounted, EBUSY when something lies below. */
  remove(path: string): void {
    const index = this.mounts.findLastIndex((mount) => mount.path === path);
    const mount = this.mounts[index];
    if (!mount) throw new Errno('EINVAL');
    if (this.mounts.some((other) => other.path.startsWith(`${path}/`))) throw new Errno('EBUSY');
    this.mounts.splice(index, 1);
    if (mount.over) this.byPoint.delete(mount.over);
  }
}
