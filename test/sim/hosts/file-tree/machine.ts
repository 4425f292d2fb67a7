import type { FileTree } from '../../../../src/sim/hosts/file-tree/file-tree.js';
import { concatBytes, decodeText, encodeText } from '../../../../src/sim/kernel/bytes.js';
import type { Credentials } from '../../../../src/sim/kernel/files.js';

export const root: Credentials = { uid: 0, gid: 0, groups: [0] };
export const ann: Credentials = { uid: 1000, gid: 1000, groups: [1000, 27] };
export const bob: Credentials = { uid: 1001, gid: 1001, groups: [1001] };

/** Reads a whole file as somebody. */
export function read(tree: FileTree, path: string, who: Credentials = root): string {
  const file = tree.open(path, { read: true }, 0, who);
  const chunks = [];
  for (;;) {
    const bytes = file.tryRead(7);
    if (bytes === undefined || bytes.length === 0) break;
    chunks.push(bytes);
  }
  file.release();
  return decodeText(concatBytes([...chunks, encodeText('')]));
}

/** Writes (or appends to) a file as somebody. */
export function write(tree: FileTree, path: string, text: string, who: Credentials = root, append = false): void {
  const file = tree.open(path, { write: true, create: true, truncate: !append, append }, 0o644, who);
  file.tryWrite(encodeText(text));
  file.release();
}

/** The code of the error that an action ends in, or what it gives. */
export function outcome(action: () => unknown): unknown {
  try {
    const result = action();
    return result === undefined ? 'ok' : result;
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}
