import { isErrno } from '../../kernel/errno.js';
import type { FileStat } from '../../kernel/files.js';
import type { Sys } from '../../kernel/sys.js';

/** A name in a directory, as a path. */
export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

/** An absolute path without `.`, `..` and doubled slashes; links are not looked at. */
export function absolutePath(sys: Sys, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${sys.directory()}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** stat or lstat; undefined when there is nothing to be seen. */
export function look(sys: Sys, path: string, follow = true): FileStat | undefined {
  try {
    return follow ? sys.stat(path) : sys.lstat(path);
  } catch (thrown) {
    if (isErrno(thrown)) return undefined;
    throw thrown;
  }
}

/** Names in a directory, without `.` and `..`, in byte order. */
export function namesIn(sys: Sys, path: string): string[] {
  return sys.readDirectory(path).map((entry) => entry.name);
}

/** Whether two files are one. */
export function isSameFile(left: FileStat, right: FileStat): boolean {
  return left.inode === right.inode && left.device === right.device;
}
