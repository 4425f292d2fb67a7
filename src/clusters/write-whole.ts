import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const OWN_ONLY = 0o600;

/**
 * Writes a file so that there is either all of it or what was there before, whatever happens meanwhile; others may not read
 * it. Throws what the file system says.
 */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = openSync(draft, 'w', OWN_ONLY);
    try {
      writeAll(file, typeof text === 'string' ? Buffer.from(text) : text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Copies a file so that its copy is whole, or the one before stays. */
export function copyWhole(from: string, to: string): void {
  writeWhole(to, readFileSync(from));
}

/** A disk may take less than it is given. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
