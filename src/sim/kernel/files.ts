import type { Bytes } from './bytes.js';
import type { Capability } from './capabilities.js';
import type { Terminal } from './terminal.js';
import type { Micros } from './time.js';
import type { WaitQueue } from './wait.js';

export type FileType = 'file' | 'directory' | 'symlink' | 'block-device' | 'character-device' | 'fifo' | 'socket';

/** What stat(2) tells. `mode` holds the permission bits only (0o7777). */
export interface FileStat {
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly inode: number;
  /** Tells file trees apart: a rename or hard link across devices fails with EXDEV. */
  readonly device: number;
  readonly links: number;
  readonly accessed: Micros;
  readonly modified: Micros;
  readonly changed: Micros;
}

/** Who asks: checked against owner and mode by every file operation; user 0 may do what its capabilities allow. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** The capabilities that user 0 has at most; all where left out. */
  readonly bounding?: ReadonlySet<Capability>;
  /** Programs that belong to others run as who starts them (no_new_privs). */
  readonly noNewPrivileges?: boolean;
}

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  /** Fail with ENOTDIR unless it is a directory. */
  readonly directory?: boolean;
}

/**
 * An open file description, shared by the descriptors that were duplicated from it; it is made with one reference held.
 * Reading and writing never block
 * here: "would block" is `undefined`, and `Sys` parks on `readable` or `writable`.
 */
export interface OpenFile {
  readonly kind: 'file' | 'directory' | 'device' | 'pipe' | 'terminal' | 'socket';
  readonly readable: WaitQueue | undefined;
  readonly writable: WaitQueue | undefined;
  /** Up to `max` bytes; none at the end of the file; undefined when there is nothing yet. Throws EBADF, EISDIR, EIO. */
  tryRead(max: number): Bytes | undefined;
  /** Whether `tryRead` would give something now, or the end; looks without taking. */
  hasInput(): boolean;
  /** The number of bytes taken, or undefined when there is no room yet. Throws EBADF, EPIPE, ENOSPC. */
  tryWrite(bytes: Bytes): number | undefined;
  stat(): FileStat;
  /** Moves the position and returns it. Throws ESPIPE on what cannot seek. */
  seek(offset: number, whence: 'set' | 'current' | 'end'): number;
  /** Cuts or extends a regular file. Throws EINVAL elsewhere. */
  truncate(size: number): void;
  readonly terminal?: Terminal | undefined;
  /** The path it was opened by, for /proc/<pid>/fd. */
  readonly path?: string | undefined;
  /** One more descriptor refers to it. */
  retain(): void;
  /** One descriptor fewer; the last one closes it. */
  release(): void;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly type: FileType;
  readonly inode: number;
}

/** One mount as `mount` and `df` show it; sizes in bytes. */
export interface MountedTree {
  readonly path: string;
  readonly readOnly: boolean;
  readonly type: string;
  readonly source: string;
  readonly bytes: number;
  readonly used: number;
  /** What lies in this very tree, where several share a disk. */
  readonly own: number;
}

/**
 * A tree of files as a process sees it: its root, with everything mounted in it. Paths are absolute; `.`, `..` and
 * symbolic links are resolved here; nothing escapes the root. Every call throws `Errno`. Implemented in `hosts/`.
 */
export interface FileSystem {
  open(path: string, flags: OpenFlags, mode: number, who: Credentials): OpenFile;
  stat(path: string, who: Credentials): FileStat;
  lstat(path: string, who: Credentials): FileStat;
  readDirectory(path: string, who: Credentials): DirectoryEntry[];
  makeDirectory(path: string, mode: number, who: Credentials): void;
  removeDirectory(path: string, who: Credentials): void;
  unlink(path: string, who: Credentials): void;
  link(existing: string, created: string, who: Credentials): void;
  symlink(target: string, created: string, who: Credentials): void;
  readLink(path: string, who: Credentials): string;
  rename(from: string, to: string, who: Credentials): void;
  /** Makes a named pipe (mkfifo). Throws EEXIST. */
  makeFifo(path: string, mode: number, who: Credentials): void;
  /** Makes a block device of so many bytes, as a copy of one of this tree where that is named. Throws EEXIST, EINVAL. */
  makeBlockDevice(path: string, bytes: number, mode: number, who: Credentials, copyOf?: string): void;
  /** Makes a unix socket's file that stands for `service`. Throws EEXIST. */
  bindSocket(path: string, service: unknown, mode: number, who: Credentials): void;
  /** What a unix socket's file stands for. Throws ECONNREFUSED when it is no socket, EACCES when it may not be written. */
  socketService(path: string, who: Credentials): unknown;
  changeMode(path: string, mode: number, who: Credentials): void;
  /** An `undefined` owner or group stays as it is. `follow` false changes a symbolic link itself. */
  changeOwner(path: string, uid: number | undefined, gid: number | undefined, follow: boolean, who: Credentials): void;
  setTimes(path: string, accessed: Micros, modified: Micros, who: Credentials): void;
  truncate(path: string, size: number, who: Credentials): void;
  /** access(2): throws EACCES, ENOENT … when `who` may not. */
  access(path: string, need: { read?: boolean; write?: boolean; execute?: boolean }, who: Credentials): void;
  /** The absolute path without links, as realpath(3). */
  realPath(path: string, who: Credentials): string;
  /** Woken whenever something below `path` was created, changed or removed (inotify); made when first asked for. */
  watch(path: string, who: Credentials): WaitQueue;
  /** Mounts a tree over a directory (made when missing): volumes in a container, a restored data directory. */
  mount(path: string, tree: FileSystem, options?: { readOnly?: boolean; subPath?: string }): void;
  unmount(path: string): void;
  /** Mounts an empty tree that lives in memory (tmpfs) over a directory. Throws ENOENT, ENOTDIR. */
  mountMemory(path: string, options: { readonly bytes: number; readonly mode: number }): void;
  /** The same files with a directory as their root (chroot). Throws ENOENT, ENOTDIR, EACCES. */
  rootedAt(path: string, who: Credentials): FileSystem;
  /** The root and the trees mounted below it, for `mount`, `df` and /proc/mounts. */
  mounts(): readonly MountedTree[];
  /**
   * Keeps a value with a file or directory: it moves with it and is gone when that is removed or, for a file, written.
   * So a server's store lives and dies with its data directory. Throws ENOENT.
   */
  attach(path: string, value: unknown): void;
  /** The value kept with a file or directory; undefined when there is none or nothing is at the path. */
  attachment(path: string): unknown;
}
