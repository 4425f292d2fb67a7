import type { Bytes } from '../bytes.js';
import { concatBytes, decodeText, NO_BYTES } from '../bytes.js';
import { isErrno } from '../errno.js';
import type { Sys } from '../sys.js';
import type { Waiting } from '../wait.js';

/** Writes to standard output. */
export function* print(sys: Sys, text: string): Waiting<void> {
  yield* sys.write(1, text);
}

/** Writes to standard error. */
export function* printError(sys: Sys, text: string): Waiting<void> {
  yield* sys.write(2, text);
}

/** How much one read asks for. */
const READ_BYTES = 1 << 16;

/** All that comes from a descriptor until its end. A signal that is caught does not cut it short. Throws Errno. */
export function* readAll(sys: Sys, descriptor: number): Waiting<Bytes> {
  const chunks: Bytes[] = [];
  for (;;) {
    try {
      const bytes = yield* sys.read(descriptor, READ_BYTES);
      if (bytes.length === 0) return chunks.length === 0 ? NO_BYTES : concatBytes(chunks);
      chunks.push(bytes);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

/** Cuts a stream of bytes into lines; the last, unfinished one comes from `rest`. */
export class LineSplitter {
  private pending: Bytes = new Uint8Array(0);

  /** The lines that these bytes complete, without their newlines. */
  add(bytes: Bytes): string[] {
    const all = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    const lines: string[] = [];
    let from = 0;
    for (let at = all.indexOf(0x0a); at >= 0; at = all.indexOf(0x0a, from)) {
      lines.push(decodeText(all.subarray(from, at)));
      from = at + 1;
    }
    this.pending = all.slice(from);
    return lines;
  }

  /** What stands after the last newline. */
  rest(): string {
    const text = decodeText(this.pending);
    this.pending = new Uint8Array(0);
    return text;
  }
}
