import type { Bytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, unopened } from './failure.js';

/** Writes to the file of `-out`, or to standard output without one. Throws `Failure`. */
export function* writeOutput(sys: Sys, path: string | undefined, bytes: Bytes, mode?: number): Waiting<void> {
  if (path === undefined) {
    yield* sys.write(1, bytes);
    return;
  }
  try {
    sys.writeFile(path, bytes, mode);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Failure([`Can't open "${path}" for writing, ${error.message}`, ...unopened(sys, path, 'w', error)]);
  }
}
