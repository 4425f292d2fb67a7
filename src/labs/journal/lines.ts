import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { HomeError } from '../home.js';
import { AttemptLock } from './lock.js';

/**
 * Appends lines to a file of its own; when `append` returns, the line is with the operating system, and a killed program
 * loses nothing.
 */
export class LineWriter {
  private readonly path: string;
  private readonly file: number;
  private readonly lock: AttemptLock;

  private constructor(path: string, file: number, lock: AttemptLock) {
    this.path = path;
    this.file = file;
    this.lock = lock;
  }

  /** Begins a file with its first line; fails when the file exists. */
  static create(path: string, first: string): LineWriter {
    const lock = AttemptLock.take(path);
    try {
      const writer = new LineWriter(path, openSync(path, 'ax', 0o600), lock);
      writer.append(first);
      return writer;
    } catch (error) {
      lock.release();
      throw error instanceof HomeError ? error : new HomeError(path, error);
    }
  }

  /** Goes on after the last line. Whoever read that far took the lock before. */
  static resume(path: string, lock: AttemptLock): LineWriter {
    return new LineWriter(path, openSync(path, 'a', 0o600), lock);
  }

  /**
   * Throws `HomeError` when it cannot be written, as on a full disk; nothing can be appended after that. A disk that
   * becomes full takes a part and says so only when the rest is tried.
   */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    } catch (error) {
      throw new HomeError(this.path, error);
    }
  }

  close(): void {
    closeSync(this.file);
    this.lock.release();
  }
}

/** A file of lines as far as it is sound. */
export interface Lines<Entry> {
  readonly first: string | undefined;
  readonly entries: readonly Entry[];
  /** Bytes up to the end of the last whole entry; what follows was cut in the middle of writing. */
  readonly wholeBytes: number;
  readonly cut: boolean;
  /** The number of the line from which on it is damaged, counted from 1; undefined when only its last line is cut. */
  readonly damagedLine: number | undefined;
}

/**
 * Reads lines that were numbered from 1 after a first one. `decode` answers with undefined for what is no entry. Throws
 * as reading a file does.
 */
export function readLines<Entry extends { readonly n: number }>(
  path: string,
  decode: (line: string) => Entry | undefined,
): Lines<Entry> {
  const lines = readFileSync(path).toString('utf8').split('\n');
  const last = lines.pop() ?? '';
  const entries: Entry[] = [];
  let wholeBytes = Buffer.byteLength(`${lines[0] ?? ''}\n`);
  for (const [index, line] of lines.slice(1).entries()) {
    const entry = decode(line);
    if (!entry || entry.n !== entries.length + 1) {
      const damagedLine = index < lines.length - 2 ? index + 2 : undefined;
      return { first: lines[0], entries, wholeBytes, cut: true, damagedLine };
    }
    entries.push(entry);
    wholeBytes += Buffer.byteLength(`${line}\n`);
  }
  return { first: lines[0], entries, wholeBytes, cut: last !== '', damagedLine: undefined };
}
