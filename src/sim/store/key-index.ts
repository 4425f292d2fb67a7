import type { Entry } from './entry.js';

/** The versions of one key that are kept, oldest first; undefined marks the revision at which it was deleted. */
interface History {
  readonly revisions: number[];
  readonly entries: (Entry | undefined)[];
}

/** The keys in byte order, each with its history: finding a range costs by what is found, not by what there is. */
export class KeyIndex {
  private readonly keys: string[] = [];
  private readonly histories = new Map<string, History>();
  private live = 0;

  /** Keys that exist now. */
  get liveCount(): number {
    return this.live;
  }

  /** The version of a key that was current at a revision. */
  at(key: string, revision: number): Entry | undefined {
    const history = this.histories.get(key);
    return history && current(history, revision);
  }

  /** The newest version of a key. */
  latest(key: string): Entry | undefined {
    return this.histories.get(key)?.entries.at(-1);
  }

  /** Adds a version; `entry` is undefined for a deletion. */
  add(key: string, revision: number, entry: Entry | undefined): void {
    let history = this.histories.get(key);
    if (!history) {
      history = { revisions: [], entries: [] };
      this.histories.set(key, history);
      this.keys.splice(this.position(key), 0, key);
    }
    if (history.entries.at(-1)) this.live -= 1;
    if (entry) this.live += 1;
    if (history.revisions.at(-1) === revision) {
      history.entries[history.entries.length - 1] = entry;
      return;
    }
    history.revisions.push(revision);
    history.entries.push(entry);
  }

  /** Forgets what of a key was over before a revision. */
  trim(key: string, revision: number): void {
    const history = this.histories.get(key);
    if (!history) return;
    let keep = 0;
    while (keep + 1 < history.revisions.length && (history.revisions[keep + 1] as number) <= revision) keep += 1;
    if (history.entries[keep] === undefined && (history.revisions[keep] as number) <= revision) keep += 1;
    if (keep >= history.revisions.length) {
      this.histories.delete(key);
      this.keys.splice(this.position(key), 1);
      return;
    }
    history.revisions.splice(0, keep);
    history.entries.splice(0, keep);
  }

  /** The entries from `start` up to, not including, `end` (undefined: to the last key) as they were at a revision. */
  *range(start: string, end: string | undefined, revision: number): Generator<Entry> {
    for (let index = this.position(start); index < this.keys.length; index += 1) {
      const key = this.keys[index] as string;
      if (end !== undefined && key >= end) return;
      const entry = current(this.histories.get(key) as History, revision);
      if (entry) yield entry;
    }
  }

  private position(key: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.keys[middle] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function current(history: History, revision: number): Entry | undefined {
  for (let index = history.revisions.length - 1; index >= 0; index -= 1) {
    if ((history.revisions[index] as number) <= revision) return history.entries[index];
  }
  return undefined;
}

/** The first key after all keys with a prefix; undefined for the empty prefix, which has none. */
export function prefixEnd(prefix: string): string | undefined {
  if (prefix === '') return undefined;
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
