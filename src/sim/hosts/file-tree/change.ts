import { Errno } from '../../kernel/errno.js';
import type { Credentials } from '../../kernel/files.js';
import { PlainEntries } from './entries.js';
import type { Body, Entries, Inode } from './inode.js';
import type { Layer, Place } from './mounts.js';
import { demand, demandRemoval, EXECUTE, inherited, mayHardLink, WRITE } from './permissions.js';
import type { Found } from './resolve.js';
import { resolve } from './resolve.js';

/** The names in a directory's inode. */
export function entriesOf(inode: Inode): Entries {
  if (inode.body.type !== 'directory') throw new Errno('ENOTDIR');
  return inode.body.entries;
}

/** Throws EROFS when the place lies in a mount or layer that cannot be written. */
export function demandWritable(place: Place): void {
  if (place.mount.readOnly || place.mount.tree.frozen) throw new Errno('EROFS');
}

/** Makes an entry in the directory where a path was found missing. Throws EACCES, EROFS, ENOSPC. */
export function createEntry(found: Found, body: Body, mode: number, who: Credentials): Inode {
  const directory = found.directory as Place;
  // Linux asks whether the mount may be written before it looks at the directory's mode.
  demandWritable(directory);
  demand(directory.inode, who, WRITE | EXECUTE);
  if (directory.inode.links === 0) throw new Errno('ENOENT');
  const tree = directory.mount.tree;
  const { gid, bits } = inherited(directory.inode, who, body.type === 'directory');
  const inode = tree.makeInode(body, { mode: mode | bits, uid: who.uid, gid, time: tree.clock() });
  try {
    enter(directory.inode, found.name, inode);
  } catch (error) {
    tree.dropInode(inode);
    throw error;
  }
  if (body.type === 'directory') {
    inode.links = 2;
    directory.inode.links += 1;
  }
  directory.inode.touch(tree.clock());
  return inode;
}

function enter(directory: Inode, name: string, inode: Inode): void {
  entriesOf(directory).set(name, inode);
  inode.parent = directory;
}

function demandMissing(found: Found): void {
  if (found.place) throw new Errno('EEXIST');
}

/** mkdir(2). */
export function makeDirectory(tree: Layer, path: string, mode: number, who: Credentials): void {
  const found = resolve(tree.mountTable, path.replace(/\/+$/, '') || '/', who, false);
  demandMissing(found);
  createEntry(found, { type: 'directory', entries: new PlainEntries() }, mode & 0o1777, who);
}

/** Makes what is neither a file nor a directory: a link, a named pipe, a socket. */
export function makeNode(tree: Layer, path: string, body: Body, mode: number, who: Credentials): Inode {
  const found = resolve(tree.mountTable, path, who, false);
  demandMissing(found);
  if (found.wantsDirectory) throw new Errno('ENOENT');
  return createEntry(found, body, mode, who);
}

/** link(2): one more name for a file. */
export function linkEntry(tree: Layer, existing: string, created: string, who: Credentials): void {
  const source = existingPlace(resolve(tree.mountTable, existing, who, false));
  const found = resolve(tree.mountTable, created, who, false);
  demandMissing(found);
  const directory = found.directory as Place;
  demandWritable(directory);
  if (source.mount.device !== directory.mount.device) throw new Errno('EXDEV');
  if (source.inode.type === 'directory' || !mayHardLink(source.inode, who)) throw new Errno('EPERM');
  demand(directory.inode, who, WRITE | EXECUTE);
  enter(directory.inode, found.name, source.inode);
  source.inode.links += 1;
  const time = tree.clock();
  source.inode.touchStatus(time);
  directory.inode.touch(time);
}

/** The thing a path leads to. Throws ENOENT. */
export function existingPlace(found: Found): Place {
  if (!found.place) throw new Errno('ENOENT');
  return found.place;
}

function demandNoMountPoint(place: Place, directory: Place | undefined): asserts directory is Place {
  if (!directory || place.mount.device !== directory.mount.device) throw new Errno('EBUSY');
}

/** unlink(2). */
export function unlinkEntry(tree: Layer, path: string, who: Credentials): void {
  const found = resolve(tree.mountTable, path, who, false);
  const place = existingPlace(found);
  if (place.inode.type === 'directory') throw new Errno('EISDIR');
  demandNoMountPoint(place, found.directory);
  demandWritable(found.directory);
  demandRemoval(found.directory.inode, place.inode, who);
  removeEntry(found.directory, place);
}

/** rmdir(2). */
export function removeDirectory(tree: Layer, path: string, who: Credentials): void {
  if (/(^|\/)\.$/.test(path)) throw new Errno('EINVAL');
  if (/(^|\/)\.\.\/*$/.test(path)) throw new Errno('ENOTEMPTY');
  const found = resolve(tree.mountTable, path.replace(/\/+$/, '') || '/', who, false);
  const place = existingPlace(found);
  if (place.inode.type !== 'directory') throw new Errno('ENOTDIR');
  demandNoMountPoint(place, found.directory);
  demandWritable(found.directory);
  demandRemoval(found.directory.inode, place.inode, who);
  if (!entriesOf(place.inode).empty) throw new Errno('ENOTEMPTY');
  removeEntry(found.directory, place);
}

function removeEntry(directory: Place, place: Place): void {
  const { tree } = directory.mount;
  entriesOf(directory.inode).delete(place.name);
  const time = tree.clock();
  if (place.inode.type === 'directory') {
    directory.inode.links -= 1;
    place.inode.links = 0;
  } else place.inode.links -= 1;
  place.inode.touchStatus(time);
  directory.inode.touch(time);
  if (place.inode.links === 0) tree.dropInode(place.inode);
}

/** rename(2): within one mount, replacing a file or an empty directory in one step. */
export function renameEntry(tree: Layer, from: string, to: string, who: Credentials): void {
  const source = resolve(tree.mountTable, stripSlash(from), who, false);
  const moved = existingPlace(source);
  const target = resolve(tree.mountTable, stripSlash(to), who, false);
  demandNoMountPoint(moved, source.directory);
  const into = target.directory;
  if (!into) throw new Errno('EBUSY');
  const isDirectory = moved.inode.type === 'directory';
  if (!isDirectory && (/\/$/.test(from) || /\/$/.test(to))) throw new Errno('ENOTDIR');
  if (moved.mount.device !== into.mount.device) throw new Errno('EXDEV');
  if (target.trail.some((place) => place.inode === moved.inode) && target.place?.inode !== moved.inode) {
    throw new Errno('EINVAL');
  }
  if (target.place?.inode === moved.inode) return;
  demandWritable(into);
  demandRemoval(source.directory.inode, moved.inode, who);
  demand(into.inode, who, WRITE | EXECUTE);
  if (target.place) replaceEntry(target.place, into, isDirectory, who);
  moveEntry(moved, source.directory, into, target.name);
}

function stripSlash(path: string): string {
  return path.replace(/\/+$/, '') || (path === '' ? '' : '/');
}

function replaceEntry(old: Place, directory: Place, byDirectory: boolean, who: Credentials): void {
  demandNoMountPoint(old, directory);
  demandRemoval(directory.inode, old.inode, who);
  if (old.inode.type === 'directory') {
    if (!byDirectory) throw new Errno('EISDIR');
    if (!entriesOf(old.inode).empty) throw new Errno('ENOTEMPTY');
  } else if (byDirectory) throw new Errno('ENOTDIR');
  removeEntry(directory, old);
}

function moveEntry(moved: Place, from: Place, to: Place, name: string): void {
  const time = to.mount.tree.clock();
  entriesOf(to.inode).set(name, moved.inode);
  if (from.inode !== to.inode || name !== moved.name) entriesOf(from.inode).delete(moved.name);
  if (moved.inode.type === 'directory') {
    from.inode.links -= 1;
    to.inode.links += 1;
  }
  moved.inode.touchStatus(time);
  moved.inode.parent = to.inode;
  from.inode.touch(time);
  to.inode.touch(time);
}
