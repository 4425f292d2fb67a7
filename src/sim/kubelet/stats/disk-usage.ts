import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Bytes of the files below a folder; nothing where there is none. */
export function bytesBelow(sys: Sys, folder: string): number {
  try {
    return sys.readDirectory(folder).reduce((sum, { name, type }) => {
      const path = `${folder}/${name}`;
      if (type === 'directory') return sum + bytesBelow(sys, path);
      return type === 'file' ? sum + sys.lstat(path).size : sum;
    }, 0);
  } catch (error) {
    if (isErrno(error)) return 0;
    throw error;
  }
}
