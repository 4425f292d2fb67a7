import type { JournalEntry } from '../journal/entry.js';

/** A line that a shell read, and when; virtual microseconds. */
export interface CommandLine {
  readonly line: string;
  readonly at: number;
}

/** Where an attempt can be gone back to. */
export interface Moment {
  /** How many of the journal's entries lie before it. */
  readonly entries: number;
  /** When it was; virtual microseconds. */
  readonly at: number;
  /** The same since the hand-over, in whole seconds. */
  readonly seconds: number;
  /** The line that was typed next; undefined at the start. */
  readonly line: string | undefined;
}

/** A line as it was typed, whoever read it. */
interface TypedLine {
  /** The index of the entry with its first key. */
  readonly first: number;
  readonly begun: number;
  readonly entered: number;
  readonly text: string;
}

const SECOND = 1_000_000;
const ENTERS = /[\r\n]/;

/**
 * The moments before each command line, the first first, and before them the start. A line that a shell read was typed
 * since the one before: where several were (into an editor, or ahead), it is the one with its text, or else the newest.
 */
export function momentsOf(
  entries: readonly JournalEntry[],
  lines: readonly CommandLine[],
  handedOver: number,
): Moment[] {
  const typed = typedLines(entries);
  const begun = entries.findIndex((entry) => entry.t > handedOver || ('input' in entry && entry.input.kind === 'type'));
  const moments: Moment[] = [
    { entries: begun < 0 ? entries.length : begun, at: handedOver, seconds: 0, line: undefined },
  ];
  let next = 0;
  for (const { line, at } of lines) {
    if (line.trim() === '') continue;
    const end = typed.findIndex(({ entered }) => entered > at);
    const candidates = typed.slice(next, end < 0 ? typed.length : end);
    const found = candidates.find(({ text }) => text === line) ?? candidates.at(-1);
    // Lines of one paste have one moment.
    if (!found) continue;
    next = typed.indexOf(found) + 1;
    const before = moments.at(-1);
    if (before?.line === undefined || found.first !== before.entries) {
      const seconds = Math.floor((found.begun - handedOver) / SECOND);
      moments.push({ entries: found.first, at: found.begun, seconds, line });
    }
  }
  return moments;
}

/** What was typed in each terminal, line by line, in the order in which lines were entered. */
function typedLines(entries: readonly JournalEntry[]): TypedLine[] {
  const lines: TypedLine[] = [];
  const open = new Map<number, { first: number; begun: number; text: string }>();
  for (const [index, entry] of entries.entries()) {
    if (!('input' in entry) || entry.input.kind !== 'type') continue;
    const { terminal, bytes } = entry.input;
    const [head = '', ...more] = Buffer.from(bytes).toString('utf8').split(ENTERS);
    const present = open.get(terminal) ?? { first: index, begun: entry.t, text: '' };
    present.text = edited(present.text, head);
    open.set(terminal, present);
    for (const rest of more) {
      const { first, begun, text } = open.get(terminal) as typeof present;
      lines.push({ first, begun, entered: entry.t, text });
      open.set(terminal, { first: index, begun: entry.t, text: edited('', rest) });
    }
    // Behind an Enter the next line begins with the next key.
    if (more.at(-1) === '') open.delete(terminal);
  }
  return lines;
}

/** A line after what was typed at its end, as far as keys that write or erase tell. */
function edited(line: string, keys: string): string {
  let text = line;
  for (const key of keys) {
    if (key === '\x7f' || key === '\b') text = text.slice(0, -1);
    else if (key === '\x15' || key === '\x03') text = '';
    else text += key;
  }
  return text;
}

/** Lines as they are shown: one may hold several when it was pasted, and empty ones are left out. */
export function shownLines(lines: readonly CommandLine[]): string[] {
  return lines.flatMap(({ line }) => line.split('\n').filter((part) => part.trim() !== ''));
}
