import type { Intent } from '../store/event.js';
import type { State } from '../store/state.js';

/** One row of a key table. What it says is English, and is shown by `doesText` and `barText`: they may translate it. */
export interface KeyRow {
  /** Names as `Token` has them; the first is the one shown. */
  readonly keys: readonly string[];
  readonly intent: Intent;
  /** What it does, for the cheat sheet. */
  readonly does: string;
  /** A word or two for the bottom line; left out when it is not shown there. */
  readonly bar?: string;
  /** What `{names}` in its texts stand for. */
  readonly values?: Readonly<Record<string, number>>;
  /** What the bottom line shows in place of the first key. */
  readonly barKeys?: readonly string[];
  /** Where a bottom line has no room those with a higher one are left out first; 0 unless said. */
  readonly rank?: number;
  /** Why it does nothing now; undefined when it works. */
  readonly disabled?: (state: State) => string | undefined;
}

/** A table and what it is called on the cheat sheet. */
export interface KeyTable {
  readonly title: string;
  readonly rows: readonly KeyRow[];
}
