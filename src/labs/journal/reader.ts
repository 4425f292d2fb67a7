import { readFileSync, truncateSync } from 'node:fs';
import { decodeEntry, JOURNAL_VERSION, type JournalEntry, type JournalHeader } from './entry.js';

/** A journal as far as it can be used. */
export interface Journal {
  readonly path: string;
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  /** Bytes up to the end of the last whole entry; what follows was cut in the middle of writing. */
  readonly wholeBytes: number;
  readonly cut: boolean;
}

/** A journal that cannot be continued; the message says why and that it was kept. */
export class JournalError extends Error {
  constructor(path: string, reason: string) {
    super(`The journal ${path} cannot be continued: ${reason}. It was left as it is.`);
    this.name = 'JournalError';
  }
}

/** Reads a journal. A last line that was cut is left out; anything else that is wrong throws `JournalError`. */
export function readJournal(path: string): Journal {
  const bytes = readFileSync(path);
  const lines = bytes.toString('utf8').split('\n');
  const last = lines.pop() ?? '';
  const header = readHeader(path, lines[0]);
  const entries: JournalEntry[] = [];
  let wholeBytes = Buffer.byteLength(`${lines[0]}\n`);
  let cut = last !== '';
  for (const [index, line] of lines.slice(1).entries()) {
    const entry = tryDecode(line);
    if (!entry || entry.n !== entries.length + 1) {
      if (index < lines.length - 2) throw new JournalError(path, `line ${index + 2} is damaged`);
      cut = true;
      break;
    }
    entries.push(entry);
    wholeBytes += Buffer.byteLength(`${line}\n`);
  }
  return { path, header, entries, wholeBytes, cut };
}

/** Removes a half-written last entry, so that the journal can be continued. */
export function dropCutEntry({ path, wholeBytes, cut }: Journal): void {
  if (cut) truncateSync(path, wholeBytes);
}

function readHeader(path: string, line: string | undefined): JournalHeader {
  let header: Partial<JournalHeader> | undefined;
  try {
    header = line === undefined ? undefined : (JSON.parse(line) as Partial<JournalHeader>);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (header?.kubedrill !== 'journal') throw new JournalError(path, 'its first line is not that of a journal');
  if (header.version !== JOURNAL_VERSION) {
    throw new JournalError(path, `it has version ${header.version}, and this program reads version ${JOURNAL_VERSION}`);
  }
  return header as JournalHeader;
}

function tryDecode(line: string): JournalEntry | undefined {
  try {
    return decodeEntry(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
