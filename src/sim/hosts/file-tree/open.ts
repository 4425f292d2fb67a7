import { NO_BYTES } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';
import type { Credentials, OpenFile, OpenFlags } from '../../kernel/files.js';
import { createEntry, demandWritable } from './change.js';
import { FifoFile } from './fifo.js';
import { FileContent } from './file-content.js';
import type { Layer, Place } from './mounts.js';
import { BlockFile, DirectoryFile, MadeUpFile, RegularFile } from './open-file.js';
import { demand, READ, WRITE } from './permissions.js';
import type { Found } from './resolve.js';
import { resolve, trailPath } from './resolve.js';

/** open(2): opens what is there, or creates a regular file when `create` is set. */
export function openPath(tree: Layer, path: string, flags: OpenFlags, mode: number, who: Credentials): OpenFile {
  const found = resolve(tree.mountTable, path, who, !(flags.create && flags.exclusive));
  if (!found.place) return openPlace(createFile(found, flags, mode, who), found, flags);
  if (flags.create && flags.exclusive) throw new Errno('EEXIST');
  const { place } = found;
  demandOpenable(place, flags, who);
  if (flags.truncate && place.inode.body.type === 'file' && 'content' in place.inode.body) {
    place.inode.body.content.truncate(0);
    place.inode.attachment = undefined;
    place.inode.touch(place.mount.tree.clock());
  }
  return openPlace(place, found, flags);
}

function createFile(found: Found, flags: OpenFlags, mode: number, who: Credentials): Place {
  if (!flags.create) throw new Errno('ENOENT');
  if (found.wantsDirectory) throw new Errno('EISDIR');
  const { mount } = found.directory as Place;
  const body = { type: 'file', content: FileContent.of(mount.tree.disk, NO_BYTES) } as const;
  return { inode: createEntry(found, body, mode & 0o7777, who), name: found.name, mount };
}

function demandOpenable(place: Place, flags: OpenFlags, who: Credentials): void {
  const writes = flags.write || flags.append || flags.truncate;
  const { inode } = place;
  if (flags.directory && inode.type !== 'directory') throw new Errno('ENOTDIR');
  if (inode.type === 'directory' && (writes || flags.create)) throw new Errno('EISDIR');
  if (inode.type === 'symlink') throw new Errno('ELOOP');
  if (inode.type === 'socket') throw new Errno('ENXIO');
  if (flags.truncate && inode.type === 'file') demandWritable(place);
  demand(inode, who, (flags.read ? READ : 0) | (writes ? WRITE : 0));
  if (!writes || inode.type !== 'file') return;
  demandWritable(place);
  if (inode.body.type === 'file' && 'dynamic' in inode.body && inode.body.dynamic.sealed) throw new Errno('EROFS');
}

function openPlace(place: Place, found: Found, flags: OpenFlags): OpenFile {
  const { inode, mount } = place;
  const path = found.place ? trailPath(found.trail) : trailPath([...found.trail, place]);
  const stat = () => inode.stat(mount.device);
  const opening = { inode, flags, path, device: mount.device, clock: mount.tree.clock };
  const { body } = inode;
  switch (body.type) {
    case 'directory':
      return new DirectoryFile(opening);
    case 'block-device':
      return new BlockFile(opening, body.blocks);
    case 'character-device':
      return body.device.open(flags, path, stat);
    case 'fifo':
      return new FifoFile(body.fifo, flags, path, stat);
    case 'file':
      return 'content' in body ? new RegularFile(opening) : new MadeUpFile(opening);
    default:
      throw new Errno('ENXIO');
  }
}
