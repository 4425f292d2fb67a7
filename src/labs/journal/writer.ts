import { closeSync, openSync, writeSync } from 'node:fs';
import { HomeError } from '../home.js';
import { encodeEntry, type JournalEntry, type JournalHeader } from './entry.js';
import { AttemptLock } from './lock.js';

/** An entry without its sequence number. */
export type NewEntry = JournalEntry extends infer E ? (E extends JournalEntry ? Omit<E, 'n'> : never) : never;

/**
 * Appends to a journal, which is its own until it is closed; when `append` returns, the entry is with the operating
 * system, and a killed program loses nothing.
 */
export class JournalWriter {
  private readonly path: string;
  private readonly file: number;
  private readonly lock: AttemptLock;
  private sequence: number;

  private constructor(path: string, file: number, sequence: number, lock: AttemptLock) {
    this.path = path;
    this.file = file;
    this.sequence = sequence;
    this.lock = lock;
  }

  /** Begins a journal; fails when the file exists. */
  static create(path: string, header: JournalHeader): JournalWriter {
    const lock = AttemptLock.take(path);
    try {
      const writer = new JournalWriter(path, openSync(path, 'ax', 0o600), 0, lock);
      writer.write(`${JSON.stringify(header)}\n`);
      return writer;
    } catch (error) {
      lock.release();
      throw error instanceof HomeError ? error : new HomeError(path, error);
    }
  }

  /** Goes on after the last entry. Whoever read that far took the lock before. */
  static resume(path: string, lastSequence: number, lock: AttemptLock): JournalWriter {
    return new JournalWriter(path, openSync(path, 'a', 0o600), lastSequence, lock);
  }

  /** Throws `HomeError` when it cannot be written, as on a full disk; nothing can be appended after that. */
  append(entry: NewEntry): void {
    this.sequence += 1;
    this.write(`${encodeEntry({ n: this.sequence, ...entry } as JournalEntry)}\n`);
  }

  /** A disk that becomes full takes a part and says so only when the rest is tried. */
  private write(line: string): void {
    const bytes = Buffer.from(line);
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
