import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Removes a folder with everything in it; what is not there is no mistake. */
export function removeTree(
  sys: Pick<Sys, 'lstat' | 'readDirectory' | 'unlink' | 'removeDirectory'>,
  path: string,
): void {
  try {
    if (sys.lstat(path).type !== 'directory') {
      sys.unlink(path);
      return;
    }
    for (const { name } of sys.readDirectory(path)) removeTree(sys, `${path}/${name}`);
    sys.removeDirectory(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
