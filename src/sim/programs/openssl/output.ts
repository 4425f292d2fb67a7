import type { Bytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, queued } from './failure.js';

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
    const call = `system library:BIO_new_file:${error.message}:../crypto/bio/bss_file.c:67:calling fopen(${path}, w)`;
    throw new Failure([
      `Can't open "${path}" for writing, ${error.message}`,
      queued(sys, '80000002', call),
      queued(sys, '10000080', 'BIO routines:BIO_new_file:no such file:../crypto/bio/bss_file.c:75:'),
    ]);
  }
}
