import { isErrno } from '../../../kernel/errno.js';
import type { FileStat } from '../../../kernel/files.js';
import type { Sys } from '../../../kernel/sys.js';
import { EditorError } from '../state/failures.js';

const OWNER_WRITES = 0o200;

/**
 * Puts bytes into a file that is there. With `force`, as `:w!` of vim does it: one's own read-only file is made writable
 * for as long; another's is taken away and made anew, which needs a folder one may write to. The mode stays in both
 * cases. Throws Errno of the write, or E166 for what has another name.
 */
export function putFile(sys: Sys, name: string, bytes: Uint8Array, force: boolean): void {
  const before = sys.stat(name);
  const opens = force && before.uid === sys.credentials.uid && (before.mode & OWNER_WRITES) === 0;
  if (opens) sys.changeMode(name, before.mode | OWNER_WRITES);
  try {
    sys.writeFile(name, bytes);
  } catch (error) {
    if (!force || !isErrno(error, 'EACCES')) throw error;
    makeAnew(sys, name, bytes, before);
  } finally {
    if (opens) sys.changeMode(name, before.mode);
  }
}

function makeAnew(sys: Sys, name: string, bytes: Uint8Array, { links, mode }: FileStat): void {
  if (links > 1 || sys.lstat(name).type === 'symlink')
    throw new EditorError(`"${name}" E166: Can't open linked file for writing`);
  sys.unlink(name);
  sys.writeFile(name, bytes, (mode & 0o777) | OWNER_WRITES);
  sys.changeMode(name, mode & 0o777);
}
