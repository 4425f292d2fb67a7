import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { refusalReason } from '../refusal-reason.js';

/** A file's text, or why it cannot be had: a clause that begins in lower case and has no full stop. */
export type TextOrProblem =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: string };

/** Far more than a person writes in one file. */
const TEXT_BYTES_MAX = 1_048_576;
const CHUNK_BYTES = 65_536;

/** Reads a whole file, pipe or device of UTF-8 text; no more than `TEXT_BYTES_MAX`, for a device may never end. */
export function readText(path: string): TextOrProblem {
  return orReason(() => readOpened(openSync(path, 'r')));
}

/**
 * Reads an ordinary file of a folder that somebody else may have filled: no link may lead out of the folder, and what is
 * a pipe or a device is not waited for.
 */
export function readTextInside(folder: string, path: string): TextOrProblem {
  return orReason(() => {
    const real = realpathSync(path);
    if (!isInside(realpathSync(folder), real))
      return { problem: 'a link leads from it out of the folder, and nothing outside is read' };
    const stat = statSync(real);
    if (!stat.isFile() && !stat.isDirectory()) return { problem: 'it is no ordinary file' };
    // What lies there may be another by now: a link is not followed, and nobody is waited for.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    return readOpened(openSync(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), 'ordinary');
  });
}

/** Whether a path is a folder's own or lies below it; both must be real paths. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function orReason(read: () => TextOrProblem): TextOrProblem {
  try {
    return read();
  } catch (error) {
    return { problem: refusalReason(error as NodeJS.ErrnoException) };
  }
}

function readOpened(file: number, only?: 'ordinary'): TextOrProblem {
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) return { problem: 'it is a folder, not a file' };
    if (only === 'ordinary' && !stat.isFile()) return { problem: 'it is no ordinary file' };
    return decodeText(readAtMost(file, TEXT_BYTES_MAX + 1));
  } finally {
    closeSync(file);
  }
}

/** Bytes as text, unless they are something else. A byte order mark at the beginning is left out. */
export function decodeText(bytes: Uint8Array): TextOrProblem {
  if (bytes.length > TEXT_BYTES_MAX) return { problem: `it is larger than ${TEXT_BYTES_MAX} bytes` };
  if (bytes.includes(0)) return { problem: 'it is no text: it holds bytes of zero' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'it is no text in UTF-8' };
  }
}

function readAtMost(file: number, bytesMax: number): Uint8Array {
  const chunks: Buffer[] = [];
  for (let size = 0; size < bytesMax; ) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, bytesMax - size));
    const read = readSync(file, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    size += read;
  }
  return Buffer.concat(chunks);
}
