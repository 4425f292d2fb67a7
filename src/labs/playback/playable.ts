import type { JournalEntry } from '../journal/entry.js';

/** Terminals are no larger, and there are no more of them. */
const CELLS_MAX = 1000;
const TERMINALS_MAX = 10_000;
const NAME_MAX = 253;

/** What of a journal's entries can be played. */
export interface Playable {
  readonly entries: readonly JournalEntry[];
  /** The number of the first entry that makes no sense; what follows it is not played. */
  readonly senseless: number | undefined;
}

/**
 * The entries up to the first that no attempt has: a file may come from anybody, and what is played of it is given to a
 * machine. Instants never go back, and lie within `spanMax` micros of `begin`.
 */
export function playable(entries: readonly JournalEntry[], begin: number, spanMax: number): Playable {
  return upToSenseless(entries, begin, spanMax, (entry) => isSimulated(entry));
}

/** The same of an attempt on a real cluster, of which nothing is given to a machine, and all is shown. */
export function playableText(entries: readonly JournalEntry[], spanMax: number): Playable {
  return upToSenseless(entries, 0, spanMax, (entry) => isText(entry));
}

function upToSenseless(
  entries: readonly JournalEntry[],
  begin: number,
  spanMax: number,
  makesSense: (entry: JournalEntry) => boolean,
): Playable {
  let last = begin;
  for (const [index, entry] of entries.entries()) {
    const inOrder = Number.isInteger(entry.t) && entry.t >= last && entry.t <= begin + spanMax;
    if (!inOrder || !makesSense(entry)) return { entries: entries.slice(0, index), senseless: entry.n };
    last = entry.t;
  }
  return { entries, senseless: undefined };
}

function isSimulated(entry: JournalEntry): boolean {
  if ('input' in entry) return isPlayable(entry.input);
  return 'clock' in entry || 'hash' in entry || 'mark' in entry;
}

const SHOWN_INPUTS: readonly string[] = ['close-terminal', 'open-terminal', 'resize'];

function isText(entry: JournalEntry): boolean {
  if ('input' in entry) return SHOWN_INPUTS.includes(entry.input.kind) && isPlayable(entry.input);
  if ('shown' in entry) return isCount(entry.shown, TERMINALS_MAX);
  if ('typed' in entry) return isCount(entry.typed, TERMINALS_MAX);
  return !('hash' in entry);
}

/** Whether an input read from a file is one of those that attempts have, as far as a machine relies on it. */
function isPlayable(input: unknown): boolean {
  const { kind, terminal, columns, rows, bytes, host, user, id, side, answer } = input as Record<string, unknown>;
  const isTerminal = isCount(terminal, TERMINALS_MAX);
  const isSize = isCount(columns, CELLS_MAX) && isCount(rows, CELLS_MAX);
  const isId = isCount(id, Number.MAX_SAFE_INTEGER);
  switch (kind) {
    case 'open-terminal':
      return isTerminal && isSize && isName(host) && isName(user);
    case 'type':
      return isTerminal && bytes instanceof Uint8Array;
    case 'resize':
      return isTerminal && isSize;
    case 'close-terminal':
      return isTerminal;
    case 'answer':
    case 'called':
      return isId && answer !== null && typeof answer === 'object';
    case 'ring':
      return isId && isName(host);
    case 'line':
      return isId && (side === 'caller' || side === 'called');
    default:
      return false;
  }
}

function isCount(value: unknown, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= NAME_MAX;
}
