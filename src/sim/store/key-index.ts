import type { Entry } from './entry.js';
import { SortedRecords } from './sorted-records.js';

/** One version of a key that is kept; without an entry the key was deleted at that revision. */
interface Version {
  readonly revision: number;
  readonly entry: Entry | undefined;
  older: Version | undefined;
}

/** A key with its versions, newest first: most keys have one, and a chain of one is the smallest there is. */
interface History {
  readonly key: string;
  newest: Version;
}

/** The keys in byte order, each with its history: finding a range costs by what is found, not by what there is. */
export class KeyIndex {
  private readonly sorted = new SortedRecords<History>(({ newest }) => newest.entry !== undefined);
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
    return this.histories.get(key)?.newest.entry;
  }

  /** Adds a version; `entry` is undefined for a deletion. */
  add(key: string, revision: number, entry: Entry | undefined): void {
    const history = this.histories.get(key);
    if (!history) {
      const made: History = { key, newest: { revision, entry, older: undefined } };
      this.histories.set(key, made);
      this.sorted.add(made);
      if (entry) this.live += 1;
      return;
    }
    const { newest } = history;
    const older = newest.revision === revision ? newest.older : newest;
    history.newest = { revision, entry, older };
    const change = Number(entry !== undefined) - Number(newest.entry !== undefined);
    if (change === 0) return;
    this.live += change;
    this.sorted.noteLive(key, change);
  }

  /** Forgets what of a key was over before a revision. */
  trim(key: string, revision: number): void {
    const history = this.histories.get(key);
    if (!history) return;
    let newer: Version | undefined;
    let version: Version | undefined = history.newest;
    while (version && version.revision > revision) {
      newer = version;
      version = version.older;
    }
    if (!version) return;
    version.older = undefined;
    if (version.entry) return;
    // A deletion that was over is nothing to remember.
    if (newer) newer.older = undefined;
    else {
      this.histories.delete(key);
      this.sorted.remove(key);
    }
  }

  /**
   * The entries from `start` up to, not including, `end` (undefined: to the last key) as they were at a revision, `limit`
   * of them at most; `more` says whether that cut something off.
   */
  range(start: string, end: string | undefined, revision: number, limit: number): { entries: Entry[]; more: boolean } {
    const entries: Entry[] = [];
    let more = false;
    this.sorted.visit(start, end, (history) => {
      const entry = current(history, revision);
      if (!entry) return true;
      more = entries.length >= limit;
      if (!more) entries.push(entry);
      return !more;
    });
    return { entries, more };
  }

  /** How many keys from `start` up to, not including, `end` exist now. */
  count(start: string, end: string | undefined): number {
    return this.sorted.countLive(start, end);
  }
}

function current({ newest }: History, revision: number): Entry | undefined {
  for (let version: Version | undefined = newest; version; version = version.older) {
    if (version.revision <= revision) return version.entry;
  }
  return undefined;
}

/** The first key after all keys with a prefix; undefined for the empty prefix, which has none. */
export function prefixEnd(prefix: string): string | undefined {
  if (prefix === '') return undefined;
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
