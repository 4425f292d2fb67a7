import type { Bytes } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';
import type {
  Credentials,
  DirectoryEntry,
  FileStat,
  FileSystem,
  MountedTree,
  OpenFile,
  OpenFlags,
} from '../../kernel/files.js';
import type { Micros } from '../../kernel/time.js';
import { WaitQueue } from '../../kernel/wait.js';
import * as attributes from './attributes.js';
import { BlockDevice } from './block-device.js';
import type { Meta } from './build.js';
import * as build from './build.js';
import * as change from './change.js';
import { Disk, INODE_BYTES } from './disk.js';
import { LayeredEntries, PlainEntries } from './entries.js';
import { Fifo } from './fifo.js';
import type { Attributes, Body, Device, DynamicFile } from './inode.js';
import { Inode } from './inode.js';
import type { Layer, Mount, Place } from './mounts.js';
import { MountTable } from './mounts.js';
import { openPath } from './open.js';
import { demand, EXECUTE, READ, ROOT } from './permissions.js';
import { resolve, trailPath } from './resolve.js';

/** What a tree needs from the machine it is on. */
export interface FileTreeOptions {
  readonly clock: () => Micros;
  /** Shared by trees on one disk; by default a disk of its own. */
  readonly disk?: Disk;
  /** What `mount` and `df` call it. */
  readonly type?: string;
  readonly source?: string;
  /** The root's inode, for trees that are made up when looked at. */
  readonly root?: Inode;
  /** How the root is mounted, where it belongs to another tree. */
  readonly mount?: Mount;
}

/** A tree of files in memory, with owners, modes, links, devices and mounts, that behaves as Linux's do. */
export class FileTree implements FileSystem, Layer {
  readonly clock: () => Micros;
  readonly disk: Disk;
  readonly type: string;
  readonly source: string;
  readonly root: Inode;
  readonly mountTable: MountTable;
  /** A base of other layers: must not change any more. */
  frozen = false;
  private nextInode = 2;
  /** Base inode to ours, so that hard links of the base stay one file. */
  private readonly raised = new Map<Inode, Inode>();

  constructor(options: FileTreeOptions, base?: FileTree) {
    this.clock = options.clock;
    this.disk = options.disk ?? new Disk();
    this.type = options.type ?? (base ? 'overlay' : 'ext4');
    this.source = options.source ?? (this.type === 'ext4' ? '/dev/vda1' : this.type);
    if (base) {
      base.frozen = true;
      this.nextInode = base.nextInode;
      this.root = this.raise(base.root);
    } else if (options.root) {
      this.root = options.root;
    } else {
      const own: Attributes = { mode: 0o755, uid: 0, gid: 0, time: this.clock() };
      this.root = new Inode(1, { type: 'directory', entries: new PlainEntries() }, own);
      this.root.links = 2;
    }
    const mount: Mount = { path: '/', tree: this, root: this.root, readOnly: false, device: 0xfe01, over: undefined };
    this.mountTable = new MountTable(options.mount ?? mount);
  }

  /** A part of a tree as a tree of its own, over the same files. */
  private static below({ inode, mount }: Place): FileTree {
    const { tree, readOnly } = mount;
    const { clock, disk, type, source } = tree;
    const root = { path: '/', tree, root: inode, readOnly, device: mount.device, over: undefined };
    return new FileTree({ clock, disk, type, source, root: inode, mount: root });
  }

  /** A new tree that starts with everything in `base`, which is frozen from now on; files are copied when changed. */
  static overlay(base: FileTree, options: FileTreeOptions): FileTree {
    return new FileTree(options, base);
  }

  open(path: string, flags: OpenFlags, mode: number, who: Credentials): OpenFile {
    return openPath(this, path, flags, mode, who);
  }

  stat(path: string, who: Credentials): FileStat {
    const { inode, mount } = this.find(path, who);
    return inode.stat(mount.device);
  }

  lstat(path: string, who: Credentials): FileStat {
    const { inode, mount } = this.find(path, who, false);
    return inode.stat(mount.device);
  }

  readDirectory(path: string, who: Credentials): DirectoryEntry[] {
    const { inode } = this.find(path, who);
    const entries = change.entriesOf(inode);
    demand(inode, who, READ);
    return Array.from(entries.list(), ([name, child]) => ({ name, type: child.type, inode: child.number }));
  }

  makeDirectory(path: string, mode: number, who: Credentials): void {
    change.makeDirectory(this, path, mode, who);
  }

  removeDirectory(path: string, who: Credentials): void {
    change.removeDirectory(this, path, who);
  }

  unlink(path: string, who: Credentials): void {
    change.unlinkEntry(this, path, who);
  }

  link(existing: string, created: string, who: Credentials): void {
    change.linkEntry(this, existing, created, who);
  }

  symlink(target: string, created: string, who: Credentials): void {
    if (target === '') throw new Errno('ENOENT');
    change.makeNode(this, created, { type: 'symlink', target: () => target }, 0o777, who);
  }

  readLink(path: string, who: Credentials): string {
    const { inode } = this.find(path, who, false);
    if (inode.body.type !== 'symlink') throw new Errno('EINVAL');
    return inode.body.target();
  }

  rename(from: string, to: string, who: Credentials): void {
    change.renameEntry(this, from, to, who);
  }

  makeBlockDevice(path: string, bytes: number, mode: number, who: Credentials, copyOf?: string): void {
    const blocks = copyOf === undefined ? new BlockDevice(bytes) : this.blocksAt(copyOf).copy(bytes);
    change.makeNode(this, path, { type: 'block-device', blocks }, mode, who);
  }

  /** Shows a block device of another tree at a path of this one. Throws EINVAL. */
  shareBlockDevice(path: string, from: FileTree, fromPath: string, meta: Meta = {}): void {
    build.putNode(this, path, { type: 'block-device', blocks: from.blocksAt(fromPath) }, meta);
  }

  private blocksAt(path: string): BlockDevice {
    const { body } = this.find(path, ROOT).inode;
    if (body.type !== 'block-device') throw new Errno('EINVAL');
    return body.blocks;
  }

  makeFifo(path: string, mode: number, who: Credentials): void {
    change.makeNode(this, path, { type: 'fifo', fifo: new Fifo() }, mode, who);
  }

  bindSocket(path: string, service: unknown, mode: number, who: Credentials): void {
    change.makeNode(this, path, { type: 'socket', service }, mode, who);
  }

  socketService(path: string, who: Credentials): unknown {
    const { inode } = this.find(path, who);
    if (inode.body.type !== 'socket') throw new Errno('ECONNREFUSED');
    demand(inode, who, 2);
    return inode.body.service;
  }

  changeMode(path: string, mode: number, who: Credentials): void {
    attributes.changeMode(this.find(path, who), mode, who, this.clock());
  }

  changeOwner(path: string, uid: number | undefined, gid: number | undefined, follow: boolean, who: Credentials): void {
    attributes.changeOwner(this.find(path, who, follow), uid, gid, who, this.clock());
  }

  setTimes(path: string, accessed: Micros, modified: Micros, who: Credentials): void {
    attributes.setTimes(this.find(path, who), accessed, modified, who, this.clock());
  }

  truncate(path: string, size: number, who: Credentials): void {
    attributes.truncate(this.find(path, who), size, who, this.clock());
  }

  access(path: string, need: { read?: boolean; write?: boolean; execute?: boolean }, who: Credentials): void {
    attributes.access(this.find(path, who), need, who);
  }

  realPath(path: string, who: Credentials): string {
    const found = resolve(this.mountTable, path, who, true);
    change.existingPlace(found);
    return trailPath(found.trail);
  }

  watch(path: string, who: Credentials): WaitQueue {
    const { inode } = this.find(path, who);
    demand(inode, who, READ);
    inode.watchers ??= new WaitQueue();
    return inode.watchers;
  }

  mount(path: string, tree: FileSystem, options: { readOnly?: boolean; subPath?: string } = {}): void {
    if (!(tree instanceof FileTree)) throw new Errno('EINVAL');
    build.mountTree(this, path, tree, options);
  }

  /** From now on nothing outside the mounts can be changed through paths: EROFS. */
  sealRoot(): void {
    this.mountTable.sealRoot();
  }

  rootedAt(path: string, who: Credentials): FileSystem {
    const place = this.find(path, who);
    if (place.inode.type !== 'directory') throw new Errno('ENOTDIR');
    demand(place.inode, who, EXECUTE);
    const { tree, readOnly } = place.mount;
    // The root of a tree that is mounted as it is shows all that is mounted in it as well.
    if (tree instanceof FileTree && place.inode === tree.root && !readOnly) return tree;
    return FileTree.below(place);
  }

  mountMemory(path: string, { bytes, mode }: { readonly bytes: number; readonly mode: number }): void {
    const tree = new FileTree({ clock: this.clock, type: 'tmpfs', source: 'tmpfs', disk: new Disk(bytes) });
    tree.root.mode = mode;
    build.mountTree(this, path, tree, {});
  }

  unmount(path: string): void {
    this.mountTable.remove(`/${path.split('/').filter(Boolean).join('/')}`);
  }

  mounts(): readonly MountedTree[] {
    return [this.mountTable.root, ...this.mountTable.list].map(({ path, readOnly, tree }) => ({
      path,
      readOnly,
      type: tree.type,
      source: tree.source,
      bytes: tree.disk.limit,
      used: tree.disk.used,
      own: tree.disk.own,
    }));
  }

  /** Keeps a value with a file or directory: it moves with it and is gone when it is removed or, for a file, written. */
  attach(path: string, value: unknown): void {
    this.find(path, ROOT).inode.attachment = value;
  }

  /** The value kept with a file or directory; undefined when there is none or nothing is at the path. */
  attachment(path: string): unknown {
    try {
      return this.find(path, ROOT).inode.attachment;
    } catch (error) {
      if (error instanceof Errno) return undefined;
      throw error;
    }
  }

  /** Creates or replaces a file as root, with the directories above it. */
  put(path: string, content: string | Bytes, meta: Meta = {}): void {
    build.putFile(this, path, content, meta);
  }

  /** Creates a directory as root, with those above it; one that exists gets the given owner and mode. */
  putDirectory(path: string, meta: Meta = {}): void {
    build.putDirectory(this, path, meta);
  }

  /** Creates or replaces a symbolic link as root, with the directories above it. */
  putLink(path: string, target: string, meta: Meta = {}): void {
    build.putNode(this, path, { type: 'symlink', target: () => target }, { mode: 0o777, ...meta });
  }

  /** Creates a file whose content is made when somebody first looks at it; it must not fail. */
  setLazyFile(path: string, make: () => Bytes, meta: Meta = {}): void {
    build.putLazy(this, path, make, meta);
  }

  /** Creates a file whose content is made at each open. */
  putDynamic(path: string, dynamic: DynamicFile, meta: Meta = {}): void {
    build.putNode(this, path, { type: 'file', dynamic }, { mode: dynamic.store ? 0o644 : 0o444, ...meta });
  }

  /** Creates a character device. */
  putDevice(path: string, device: Device, meta: Meta = {}): void {
    build.putNode(this, path, { type: 'character-device', device }, { mode: 0o666, ...meta });
  }

  /** A new inode of this tree. Throws ENOSPC. */
  makeInode(body: Body, own: Attributes): Inode {
    this.disk.take(INODE_BYTES);
    const inode = new Inode(this.nextInode, body, own);
    this.nextInode += 1;
    return inode;
  }

  /** An inode that lost its last name. */
  dropInode(inode: Inode): void {
    inode.links = 0;
    this.disk.take(-INODE_BYTES);
    inode.freeWhenUnused();
  }

  /** Where a path leads. Throws ENOENT. */
  find(path: string, who: Credentials, follow = true): Place {
    return change.existingPlace(resolve(this.mountTable, path, who, follow));
  }

  private raise(lower: Inode): Inode {
    const known = this.raised.get(lower);
    if (known) return known;
    this.disk.take(INODE_BYTES);
    const own = { mode: lower.mode, uid: lower.uid, gid: lower.gid, time: lower.changed };
    const inode = new Inode(lower.number, this.raiseBody(lower.body), own);
    inode.links = lower.links;
    inode.modified = lower.modified;
    inode.accessed = lower.accessed;
    inode.parent = lower.parent && this.raised.get(lower.parent);
    this.raised.set(lower, inode);
    return inode;
  }

  private raiseBody(body: Body): Body {
    switch (body.type) {
      case 'file':
        return 'content' in body ? { type: 'file', content: body.content.share(this.disk) } : body;
      case 'directory':
        return body.entries.counted
          ? { type: 'directory', entries: new LayeredEntries(body.entries, (lower) => this.raise(lower)) }
          : body;
      case 'fifo':
        return { type: 'fifo', fifo: new Fifo() };
      default:
        return body;
    }
  }
}
