import { capable } from '../../kernel/capabilities.js';
import { Errno } from '../../kernel/errno.js';
import type { Credentials } from '../../kernel/files.js';
import type { Micros } from '../../kernel/time.js';
import { demandWritable } from './change.js';
import type { Place } from './mounts.js';
import {
  allows,
  demand,
  demandOwner,
  EXECUTE,
  inGroup,
  modeAfterChmod,
  modeAfterChown,
  READ,
  WRITE,
} from './permissions.js';

/** chmod(2). */
export function changeMode({ inode, mount, name }: Place, mode: number, who: Credentials, now: Micros): void {
  demandWritable({ inode, mount, name });
  demandOwner(inode, who);
  inode.mode = modeAfterChmod(inode, mode, who);
  inode.touchStatus(now);
}

/** chown(2): root gives to anybody, an owner only to a group he is in. */
export function changeOwner(
  place: Place,
  uid: number | undefined,
  gid: number | undefined,
  who: Credentials,
  now: Micros,
): void {
  const { inode } = place;
  demandWritable(place);
  if (!capable(who, 'CHOWN')) {
    if (who.uid !== inode.uid) throw new Errno('EPERM');
    if (uid !== undefined && uid !== inode.uid) throw new Errno('EPERM');
    if (gid !== undefined && gid !== inode.gid && !inGroup(who, gid)) throw new Errno('EPERM');
  }
  inode.uid = uid ?? inode.uid;
  inode.gid = gid ?? inode.gid;
  inode.mode = modeAfterChown(inode);
  inode.touchStatus(now);
}

/** utimensat(2): others than the owner may only set the present moment, and need to be able to write. */
export function setTimes(place: Place, accessed: Micros, modified: Micros, who: Credentials, now: Micros): void {
  const { inode } = place;
  demandWritable(place);
  const present = Math.abs(accessed - now) < 1000 && Math.abs(modified - now) < 1000;
  if (who.uid !== inode.uid && !capable(who, 'FOWNER')) {
    if (!present) throw new Errno('EPERM');
    demand(inode, who, WRITE);
  }
  inode.accessed = accessed;
  inode.modified = modified;
  inode.touchStatus(now);
}

/** truncate(2). */
export function truncate(place: Place, size: number, who: Credentials, now: Micros): void {
  const { inode } = place;
  if (inode.type === 'directory') throw new Errno('EISDIR');
  if (inode.body.type !== 'file' || !('content' in inode.body)) throw new Errno('EINVAL');
  demand(inode, who, WRITE);
  demandWritable(place);
  inode.body.content.truncate(size);
  inode.attachment = undefined;
  inode.touch(now);
}

/** access(2). */
export function access(
  place: Place,
  need: { read?: boolean; write?: boolean; execute?: boolean },
  who: Credentials,
): void {
  const want = (need.read ? READ : 0) | (need.write ? WRITE : 0) | (need.execute ? EXECUTE : 0);
  if (!allows(place.inode, who, want)) throw new Errno('EACCES');
  const { type } = place.inode;
  if (need.write && (type === 'file' || type === 'directory')) demandWritable(place);
}
