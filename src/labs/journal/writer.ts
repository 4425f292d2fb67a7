import { encodeEntry, type JournalEntry, type JournalHeader } from './entry.js';
import { LineWriter } from './lines.js';
import type { AttemptLock } from './lock.js';

/** An entry without its sequence number. */
export type NewEntry = JournalEntry extends infer E ? (E extends JournalEntry ? Omit<E, 'n'> : never) : never;

/** Appends to a journal, which is its own until it is closed. */
export class JournalWriter {
  private readonly lines: LineWriter;
  private sequence: number;

  private constructor(lines: LineWriter, sequence: number) {
    this.lines = lines;
    this.sequence = sequence;
  }

  /** Begins a journal; fails when the file exists. */
  static create(path: string, header: JournalHeader): JournalWriter {
    return new JournalWriter(LineWriter.create(path, JSON.stringify(header)), 0);
  }

  /** Goes on after the last entry. Whoever read that far took the lock before. */
  static resume(path: string, lastSequence: number, lock: AttemptLock): JournalWriter {
    return new JournalWriter(LineWriter.resume(path, lock), lastSequence);
  }

  /** Throws `HomeError` when it cannot be written, as on a full disk; then it does not count. */
  append(entry: NewEntry): void {
    this.lines.append(encodeEntry({ n: this.sequence + 1, ...entry } as JournalEntry));
    this.sequence += 1;
  }

  close(): void {
    this.lines.close();
  }
}
