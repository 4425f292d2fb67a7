import type { Micros } from '../../kernel/time.js';
import type { Position } from './characters.js';

/** Lines that took the place of others. */
interface Edit {
  readonly from: number;
  readonly removed: readonly string[];
  added: string[];
}

/** What one `u` takes back. */
interface Change {
  readonly sequence: number;
  at: Micros;
  readonly edits: Edit[];
  /** Where the cursor stood before the first edit. */
  readonly cursor: Position;
  readonly wasModified: boolean;
}

/** What an undo or redo did: for the message and the cursor. */
export interface Undone {
  readonly oldLines: number;
  readonly newLines: number;
  readonly sequence: number;
  readonly at: Micros;
  readonly cursor: Position;
  readonly wasModified: boolean;
}

/** Told of each block of lines that an undo or redo puts in the place of others, and where the cursor was at first. */
type OnBlock = (
  top: number,
  oldLines: readonly string[],
  newLines: readonly string[],
  last: boolean,
  cursor: Position,
) => void;

/** The changes of one text, in a line: what was undone is lost when something else is changed. */
export class UndoHistory {
  private changes: Change[] = [];
  private done = 0;
  private lastSequence = 0;
  private open: Change | undefined;

  /** The number of the change the text is at. */
  get sequence(): number {
    return this.done === 0 ? 0 : (this.changes[this.done - 1] as Change).sequence;
  }

  /** The next edit begins a change of its own. */
  close(): void {
    this.open = undefined;
  }

  /** Notes an edit: part of the open change, or the first of a new one. */
  add(edit: Edit, cursor: Position, now: Micros, wasModified: boolean): void {
    if (!this.open) {
      this.changes.length = this.done;
      this.lastSequence += 1;
      this.open = { sequence: this.lastSequence, at: now, edits: [], cursor, wasModified };
      this.changes.push(this.open);
      this.done += 1;
    }
    this.open.at = now;
    const { edits } = this.open;
    const last = edits.at(-1);
    if (last && edit.from >= last.from && edit.from + edit.removed.length <= last.from + last.added.length)
      replaceLines(last.added, edit.from - last.from, edit.removed.length, edit.added);
    else edits.push({ ...edit, added: [...edit.added] });
  }

  /** Takes the last change back; undefined at the oldest. */
  undo(lines: string[], onBlock: OnBlock): Undone | undefined {
    const change = this.changes[this.done - 1];
    if (change) this.done -= 1;
    return this.apply(lines, change && inverse(change), onBlock);
  }

  /** Makes the last undone change again; undefined at the newest. */
  redo(lines: string[], onBlock: OnBlock): Undone | undefined {
    const change = this.changes[this.done];
    if (change) this.done += 1;
    return this.apply(lines, change && { ...change, wasModified: false }, onBlock);
  }

  private apply(lines: string[], change: Change | undefined, onBlock: OnBlock): Undone | undefined {
    this.open = undefined;
    if (!change) return undefined;
    const { edits, ...facts } = change;
    let [oldLines, newLines] = [0, 0];
    for (const [at, { from, removed, added }] of edits.entries()) {
      replaceLines(lines, from, removed.length, added);
      oldLines += removed.length;
      newLines += added.length;
      onBlock(from, removed, added, at === edits.length - 1, change.cursor);
    }
    return { ...facts, oldLines, newLines };
  }
}

/** The edits that take a change back: each the other way round, the last first. */
function inverse(change: Change): Change {
  const edits = change.edits.map(({ from, removed, added }) => ({ from, removed: added, added: [...removed] }));
  return { ...change, edits: edits.reverse() };
}

const SPREAD_MAX = 20_000;

/** Puts lines in the place of others, however many there are. */
export function replaceLines(lines: string[], from: number, count: number, put: readonly string[]): void {
  if (put.length === count) {
    for (const [at, line] of put.entries()) lines[from + at] = line;
  } else if (put.length <= SPREAD_MAX) lines.splice(from, count, ...put);
  else {
    const tail = lines.slice(from + count);
    lines.length = from;
    for (const line of put) lines.push(line);
    for (const line of tail) lines.push(line);
  }
}
