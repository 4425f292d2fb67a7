import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Makes a directory and those above it. Throws Errno. */
export function makeDirectories(sys: Sys, path: string, mode = 0o755): void {
  const parts = path.split('/');
  for (let at = path.startsWith('/') ? 2 : 1; at <= parts.length; at += 1) {
    const each = parts.slice(0, at).join('/');
    if (each === '') continue;
    try {
      sys.makeDirectory(each, mode);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
}

/** The directory a path is in. */
export function directoryOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
}

/** The last part of a path (filepath.Base). */
export function baseOf(path: string): string {
  const plain = path.replace(/\/+$/, '');
  if (plain === '') return path === '' ? '.' : '/';
  return plain.slice(plain.lastIndexOf('/') + 1);
}

/** A path without `.`, `..` and doubled slashes (filepath.Clean). */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  const joined = parts.join('/');
  return path.startsWith('/') ? `/${joined}` : joined === '' ? '.' : joined;
}

/** A path from the root (filepath.Abs). */
export function absolutePath(sys: Sys, path: string): string {
  return cleanPath(path.startsWith('/') ? path : `${sys.directory()}/${path}`);
}
