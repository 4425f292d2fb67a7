import type { Bytes } from '../../kernel/bytes.js';
import type { FileStat, FileType, OpenFile, OpenFlags } from '../../kernel/files.js';
import type { Micros } from '../../kernel/time.js';
import type { WaitQueue } from '../../kernel/wait.js';
import type { BlockDevice } from './block-device.js';
import type { Fifo } from './fifo.js';
import type { FileContent } from './file-content.js';
import type { Mount } from './mounts.js';

/** The names in a directory. */
export interface Entries {
  /** False for made-up directories, which have no size of their own. */
  readonly counted: boolean;
  get(name: string): Inode | undefined;
  set(name: string, inode: Inode): void;
  delete(name: string): void;
  /** In the order they were made. */
  list(): Iterable<readonly [name: string, inode: Inode]>;
  readonly empty: boolean;
}

/** What a character device does when it is opened, and what stat tells when its inode does not know. */
export interface Device {
  open(flags: OpenFlags, path: string, stat: () => FileStat): OpenFile;
  stat?(): FileStat;
}

/** A file whose bytes are made anew at each open (/proc); `store` takes what is written into it, if anything may be. */
export interface DynamicFile {
  make(): Bytes;
  store?(bytes: Bytes): void;
  /** It lies in what is mounted read-only here: opening it to write is refused. */
  readonly sealed?: boolean;
}

/**
 * A link that leads to an inode instead of a path: /proc/<pid>/fd/N of a pipe has a name that cannot be opened, and
 * /proc/<pid>/root is the root of another tree.
 */
export type Jump = () => Inode | { readonly inode: Inode; readonly mount: Mount } | undefined;

/** What kind of thing an inode is, with what only that kind has. */
export type Body =
  | { readonly type: 'file'; readonly content: FileContent }
  | { readonly type: 'file'; readonly dynamic: DynamicFile }
  | { readonly type: 'directory'; readonly entries: Entries }
  | { readonly type: 'symlink'; readonly target: () => string; readonly jump?: Jump }
  | { readonly type: 'block-device'; readonly blocks: BlockDevice }
  | { readonly type: 'character-device'; readonly device: Device }
  | { readonly type: 'fifo'; readonly fifo: Fifo }
  | { readonly type: 'socket'; service: unknown };

/** Owner, permission bits and times of a new inode. */
export interface Attributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly time: Micros;
}

/** A file, directory, link or device as it lies on a disk: everything but its names. */
export class Inode {
  readonly number: number;
  readonly body: Body;
  mode: number;
  uid: number;
  gid: number;
  links = 1;
  accessed: Micros;
  modified: Micros;
  changed: Micros;
  /** Open descriptions of it: content of a nameless file lives until the last is closed. */
  opens = 0;
  /** The directory it was last entered into, for waking those who watch above. */
  parent: Inode | undefined;
  watchers: WaitQueue | undefined;
  /** Something a server keeps with a directory or file: moved with it, gone with it, lost when the file is written. */
  attachment: unknown;

  constructor(number: number, body: Body, attributes: Attributes) {
    this.number = number;
    this.body = body;
    this.mode = attributes.mode;
    this.uid = attributes.uid;
    this.gid = attributes.gid;
    this.accessed = attributes.time;
    this.modified = attributes.time;
    this.changed = attributes.time;
  }

  get type(): FileType {
    return this.body.type;
  }

  get size(): number {
    const { body } = this;
    if (body.type === 'file') return 'content' in body ? body.content.length : 0;
    if (body.type === 'symlink') return body.jump ? 64 : Buffer.byteLength(body.target());
    return body.type === 'directory' && body.entries.counted ? 4096 : 0;
  }

  /** What stat(2) tells of it, seen through a mount with this device number. */
  stat(device: number): FileStat {
    const { body } = this;
    if (body.type === 'character-device' && body.device.stat) return body.device.stat();
    const { type, mode, uid, gid, size, number: inode, links, accessed, modified, changed } = this;
    return { type, mode, uid, gid, size, inode, device, links, accessed, modified, changed };
  }

  /** The content changed: new times, watchers of it and of the directories above are woken. */
  touch(time: Micros): void {
    this.modified = time;
    this.changed = time;
    this.wake();
  }

  /** Owner, mode or names changed. */
  touchStatus(time: Micros): void {
    this.changed = time;
    this.wake();
  }

  /** Wakes who watches this inode or a directory above it. */
  wake(): void {
    for (let at: Inode | undefined = this; at; at = at.parent) at.watchers?.wakeAll();
  }

  /** Frees the content when neither a name nor a descriptor is left. */
  freeWhenUnused(): void {
    if (this.links > 0 || this.opens > 0) return;
    if (this.body.type === 'file' && 'content' in this.body) this.body.content.free();
    this.attachment = undefined;
  }
}
