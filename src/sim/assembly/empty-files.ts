import { Errno } from '../kernel/errno.js';
import type { FileSystem } from '../kernel/files.js';

/** The file tree of a host that has none: every look ends with ENOENT. */
export const emptyFiles: FileSystem = new Proxy({} as FileSystem, {
  get: () => () => {
    throw new Errno('ENOENT');
  },
});
