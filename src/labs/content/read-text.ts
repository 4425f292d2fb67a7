import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
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
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return { problem: refusalReason(error as NodeJS.ErrnoException) };
  }
  try {
    if (fstatSync(file).isDirectory()) return { problem: 'it is a folder, not a file' };
    const bytes = readAtMost(file, TEXT_BYTES_MAX + 1);
    return decodeText(bytes);
  } catch (error) {
    return { problem: refusalReason(error as NodeJS.ErrnoException) };
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
