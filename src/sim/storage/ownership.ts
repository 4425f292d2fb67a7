import type { Sys } from '../kernel/sys.js';

const READ_WRITE = 0o660;
const READ_ONLY = 0o440;
/** What folders get beside: who belongs to the group may go in, and what is made in them belongs to it too. */
const FOLDER = 0o2110;

/**
 * Gives a volume with all that is in it to the group that its pod asks for (fsGroup), which may then read it, and write
 * where it is not read-only (volume.changeFilePermission). Links keep the mode they have.
 */
export function giveToGroup(sys: Sys, path: string, group: number, readOnly: boolean): void {
  const { type, mode } = sys.lstat(path);
  sys.changeOwner(path, undefined, group, false);
  if (type === 'symlink') return;
  const isFolder = type === 'directory';
  sys.changeMode(path, mode | (readOnly ? READ_ONLY : READ_WRITE) | (isFolder ? FOLDER : 0));
  if (!isFolder) return;
  for (const { name } of sys.readDirectory(path)) giveToGroup(sys, `${path}/${name}`, group, readOnly);
}
