import { isErrno } from '../errno.js';
import type { Sys } from '../sys.js';

/** Whether something the process can see lies at a path; what it may not look at counts as absent. */
export function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** Whether a path names something, be it a link to nothing; what the process may not look at counts as absent. */
export function isNamed(sys: Pick<Sys, 'lstat'>, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
