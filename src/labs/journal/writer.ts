import { closeSync, openSync, writeSync } from 'node:fs';
import { encodeEntry, type JournalEntry, type JournalHeader } from './entry.js';

/** An entry without its sequence number. */
export type NewEntry = JournalEntry extends infer E ? (E extends JournalEntry ? Omit<E, 'n'> : never) : never;

/** Appends to a journal; when `append` returns, the entry is with the operating system, and a killed program loses nothing. */
export class JournalWriter {
  private readonly file: number;
  private sequence: number;

  private constructor(file: number, sequence: number) {
    this.file = file;
    this.sequence = sequence;
  }

  /** Begins a journal; fails when the file exists. */
  static create(path: string, header: JournalHeader): JournalWriter {
    const file = openSync(path, 'ax', 0o600);
    writeSync(file, `${JSON.stringify(header)}\n`);
    return new JournalWriter(file, 0);
  }

  /** Goes on after the last entry. */
  static resume(path: string, lastSequence: number): JournalWriter {
    return new JournalWriter(openSync(path, 'a', 0o600), lastSequence);
  }

  append(entry: NewEntry): void {
    this.sequence += 1;
    writeSync(this.file, `${encodeEntry({ n: this.sequence, ...entry } as JournalEntry)}\n`);
  }

  close(): void {
    closeSync(this.file);
  }
}
