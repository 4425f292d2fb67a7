import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, NO_BYTES } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import type { Shell } from '../state/shell.js';

const BLOCK = 4096;
const NEWLINE = 10;

/** Reads from a descriptor; signals that come meanwhile are taken. */
export function* readBytes(shell: Shell, descriptor: number, max: number): Waiting<Bytes> {
  for (;;) {
    try {
      return yield* shell.sys.read(descriptor, max);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
      yield* shell.checkSignals();
    }
  }
}

/**
 * One line without its newline, taking not a byte more from the descriptor, since others read from it too; undefined at
 * the end of the file.
 */
export function* readLine(shell: Shell, descriptor: number): Waiting<string | undefined> {
  const seekable = canSeek(shell, descriptor);
  const chunks: Bytes[] = [];
  for (;;) {
    const bytes = yield* readBytes(shell, descriptor, seekable ? BLOCK : 1);
    if (bytes.length === 0) return chunks.length === 0 ? undefined : bytesToText(concatBytes(chunks));
    const end = bytes.indexOf(NEWLINE);
    if (end < 0) {
      chunks.push(bytes);
      continue;
    }
    if (seekable && end + 1 < bytes.length) shell.sys.seek(descriptor, end + 1 - bytes.length, 'current');
    chunks.push(bytes.subarray(0, end));
    return bytesToText(concatBytes(chunks.length === 0 ? [NO_BYTES] : chunks));
  }
}

function canSeek(shell: Shell, descriptor: number): boolean {
  try {
    shell.sys.seek(descriptor, 0, 'current');
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
