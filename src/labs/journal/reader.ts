import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { HomeError } from '../home.js';
import { refusalReason } from '../refusal-reason.js';
import {
  decodeEntry,
  JOURNAL_VERSION,
  type JournalEntry,
  type JournalHeader,
  REAL_JOURNAL_VERSION,
  type RealHeader,
} from './entry.js';
import { type Lines, readLines } from './lines.js';

/** A journal as far as it can be used. */
export interface Journal {
  readonly path: string;
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  /** Bytes up to the end of the last whole entry; what follows was cut in the middle of writing. */
  readonly wholeBytes: number;
  readonly cut: boolean;
  /** The number of the line from which on it is damaged, when it is read as far as it is sound. */
  readonly damagedLine?: number;
}

/** A journal that cannot be continued; the message says why and that it was kept. */
export class JournalError extends Error {
  constructor(path: string, reason: string) {
    super(`The journal ${path} cannot be continued: ${reason}. Nothing there was changed.`);
    this.name = 'JournalError';
  }
}

/** A journal that is sound up to a line; the person may agree to go on from there. */
export class DamagedJournalError extends Error {
  constructor(path: string, line: number) {
    super(
      `The journal ${path} is damaged from line ${line} on. Nothing there was changed. Choose the attempt once more to go on from what is sound; the damaged rest is kept beside the journal then.`,
    );
    this.name = 'DamagedJournalError';
  }
}

/**
 * Reads a journal. A last line that was cut is left out; what is damaged before it throws
 * `DamagedJournalError` unless only what is `sound` is wanted; anything else that is wrong throws `JournalError`.
 */
export function readJournal(path: string, want: 'whole' | 'sound' = 'whole'): Journal {
  const { first, entries, wholeBytes, cut, damagedLine } = linesOf(path);
  const header = readHeader(path, first);
  if (damagedLine !== undefined && want === 'whole') throw new DamagedJournalError(path, damagedLine);
  return { path, header, entries, wholeBytes, cut, ...(damagedLine === undefined ? {} : { damagedLine }) };
}

/** Removes what follows the last whole entry, so that the journal can be continued; a damaged rest is kept beside it. */
export function dropCutEntry({
  path,
  wholeBytes,
  cut,
  damagedLine,
}: Pick<Journal, 'path' | 'wholeBytes' | 'cut'> & { readonly damagedLine?: number | undefined }): void {
  if (!cut) return;
  try {
    if (damagedLine !== undefined) {
      const rest = readFileSync(path).subarray(wholeBytes);
      const stamp = new Date().toISOString().replace(/[:.]/g, '-');
      writeFileSync(path.replace(/\.jsonl$/, `.damaged-${stamp}.jsonl`), rest, { mode: 0o600, flag: 'wx' });
    }
    truncateSync(path, wholeBytes);
  } catch (error) {
    throw new HomeError(path, error);
  }
}

function linesOf(path: string): Lines<JournalEntry> {
  try {
    return readLines(path, tryDecode);
  } catch (error) {
    throw new JournalError(path, refusalReason(error as NodeJS.ErrnoException));
  }
}

const HEADER_TEXTS = ['program', 'lab', 'content', 'seed', 'salt', 'timing', 'started'] as const;

function readHeader(path: string, line: string | undefined): JournalHeader {
  let header: Partial<JournalHeader> | undefined;
  try {
    header = line === undefined ? undefined : (JSON.parse(line) as Partial<JournalHeader>);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (header?.kubedrill !== 'journal') throw new JournalError(path, 'its first line is not that of a journal');
  if (header.version !== JOURNAL_VERSION && header.version !== REAL_JOURNAL_VERSION) {
    const known = `${JOURNAL_VERSION} and ${REAL_JOURNAL_VERSION}`;
    throw new JournalError(path, `it has version ${header.version}, and this program reads ${known}`);
  }
  if ((header.version === REAL_JOURNAL_VERSION) !== isRealHeader(header.real))
    throw new JournalError(path, 'its first line does not say on which cluster it was');
  const damaged = HEADER_TEXTS.find((name) => typeof header[name] !== 'string');
  if (damaged !== undefined || typeof header.epoch !== 'number')
    throw new JournalError(path, `its first line says no ${damaged ?? 'epoch'}`);
  return header as JournalHeader;
}

function isRealHeader(value: unknown): value is RealHeader {
  if (value === null || typeof value !== 'object') return false;
  const { cluster, place, baseline } = value as Record<string, unknown>;
  return typeof cluster === 'string' && isMap(place) && isMap(baseline);
}

function isMap(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function tryDecode(line: string): JournalEntry | undefined {
  try {
    const entry: unknown = decodeEntry(line);
    return isEntry(entry) ? entry : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isEntry(value: unknown): value is JournalEntry {
  if (value === null || typeof value !== 'object') return false;
  const { t, input, clock, hash, mark, shown, text, typed, line, leftOut } = value as Record<string, unknown>;
  const isInput = input !== null && typeof input === 'object' && 'kind' in input;
  const isSimulated = isInput || clock === true || typeof hash === 'string' || typeof mark === 'string';
  const isShown = typeof shown === 'number' && typeof text === 'string';
  const isReal = isShown || typeof typed === 'number' || typeof line === 'string' || typeof leftOut === 'number';
  return typeof t === 'number' && (isSimulated || isReal);
}
