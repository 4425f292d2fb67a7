import { capable } from '../../kernel/capabilities.js';
import { Errno } from '../../kernel/errno.js';
import type { Credentials } from '../../kernel/files.js';
import type { Inode } from './inode.js';

export const READ = 4;
export const WRITE = 2;
export const EXECUTE = 1;

const SET_USER = 0o4000;
const SET_GROUP = 0o2000;
const STICKY = 0o1000;

/** The superuser, as whom machines and images are built. */
export const ROOT: Credentials = { uid: 0, gid: 0, groups: [0] };

/** Whether these credentials belong to a group. */
export function inGroup(who: Credentials, gid: number): boolean {
  return who.gid === gid || who.groups.includes(gid);
}

/** Whether the mode allows all the wanted bits, or a capability does; nobody executes a file that none may. */
export function allows(inode: Inode, who: Credentials, want: number): boolean {
  if (who.uid === 0) {
    const runs = (want & EXECUTE) !== 0 && inode.type !== 'directory';
    if (capable(who, 'DAC_OVERRIDE')) return !runs || (inode.mode & 0o111) !== 0;
    if (capable(who, 'DAC_READ_SEARCH') && !runs && (want & WRITE) === 0) return true;
  }
  const shift = inode.uid === who.uid ? 6 : inGroup(who, inode.gid) ? 3 : 0;
  return ((inode.mode >> shift) & 7 & want) === want;
}

/** Throws EACCES unless the mode allows all the wanted bits. */
export function demand(inode: Inode, who: Credentials, want: number): void {
  if (!allows(inode, who, want)) throw new Errno('EACCES');
}

/** Throws EPERM unless it is the owner or root. */
export function demandOwner(inode: Inode, who: Credentials): void {
  if (who.uid !== inode.uid && !capable(who, 'FOWNER')) throw new Errno('EPERM');
}

/** Throws unless the entry may be taken out of the directory: EACCES, and EPERM for other people's in a sticky one. */
export function demandRemoval(directory: Inode, entry: Inode, who: Credentials): void {
  demand(directory, who, WRITE | EXECUTE);
  if ((directory.mode & STICKY) === 0 || capable(who, 'FOWNER')) return;
  if (who.uid !== entry.uid && who.uid !== directory.uid) throw new Errno('EPERM');
}

/** The group and the extra mode bit that a new entry takes from a set-group-id directory. */
export function inherited(directory: Inode, who: Credentials, isDirectory: boolean): { gid: number; bits: number } {
  if ((directory.mode & SET_GROUP) === 0) return { gid: who.gid, bits: 0 };
  return { gid: directory.gid, bits: isDirectory ? SET_GROUP : 0 };
}

/** The mode after a change of owner: programs lose their set-id bits. */
export function modeAfterChown(inode: Inode): number {
  if (inode.type !== 'file' || (inode.mode & 0o111) === 0) return inode.mode;
  const clear = (inode.mode & 0o010) !== 0 ? SET_USER | SET_GROUP : SET_USER;
  return inode.mode & ~clear;
}

/** The mode that chmod sets: others than root cannot give set-group-id to a group they are not in. */
export function modeAfterChmod(inode: Inode, mode: number, who: Credentials): number {
  const wanted = mode & 0o7777;
  return capable(who, 'FSETID') || inGroup(who, inode.gid) ? wanted : wanted & ~SET_GROUP;
}

/** Whether a user may make a hard link to it (fs.protected_hardlinks): his own, or a plain file he may read and write. */
export function mayHardLink(inode: Inode, who: Credentials): boolean {
  if (who.uid === inode.uid || capable(who, 'FOWNER')) return true;
  const plain = inode.type === 'file' && (inode.mode & SET_USER) === 0;
  return plain && (inode.mode & (SET_GROUP | 0o010)) !== (SET_GROUP | 0o010) && allows(inode, who, READ | WRITE);
}
