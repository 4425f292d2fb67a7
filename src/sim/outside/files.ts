import { type Bytes, concatBytes, decodeText, NO_BYTES } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { FileSystem } from '../kernel/files.js';

const ROOT = { uid: 0, gid: 0, groups: [0] };
const CHUNK_BYTES = 1 << 20;

/** A file as root sees it, with its owner's and group's names. */
export interface HostFile {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly content: Bytes;
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
}

/** Looks at a file without leaving a trace; symbolic links are followed. Undefined when there is none. */
export function readHostFile(files: FileSystem, path: string): HostFile | undefined {
  return unlessMissing(() => {
    const stat = files.stat(path, ROOT);
    const type = stat.type === 'file' || stat.type === 'directory' || stat.type === 'symlink' ? stat.type : 'other';
    return {
      type,
      content: type === 'file' ? readAll(files, path) : NO_BYTES,
      mode: stat.mode,
      owner: nameOf(files, '/etc/passwd', stat.uid),
      group: nameOf(files, '/etc/group', stat.gid),
    };
  });
}

/** Names in a directory, sorted; undefined when it is none. */
export function readHostDirectory(files: FileSystem, path: string): readonly string[] | undefined {
  return unlessMissing(() =>
    files
      .readDirectory(path, ROOT)
      .map(({ name }) => name)
      .sort(),
  );
}

function nameOf(files: FileSystem, path: string, id: number): string {
  const text = unlessMissing(() => decodeText(readAll(files, path))) ?? '';
  const line = text.split('\n').find((candidate) => candidate.split(':')[2] === String(id));
  return line?.split(':')[0] ?? String(id);
}

function readAll(files: FileSystem, path: string): Bytes {
  const file = files.open(path, { read: true }, 0, ROOT);
  try {
    const chunks: Bytes[] = [];
    for (;;) {
      const bytes = file.tryRead(CHUNK_BYTES);
      if (bytes === undefined || bytes.length === 0) return chunks.length === 0 ? NO_BYTES : concatBytes(chunks);
      chunks.push(bytes);
    }
  } finally {
    file.release();
  }
}

function unlessMissing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return undefined;
    throw error;
  }
}
