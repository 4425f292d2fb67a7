import type { Micros } from '../../../kernel/time.js';

const ENTRIES_MAX = 4096;

/** Remembers answers for as long as each is good; the oldest go first when there are too many. */
export class ExpiringCache<T> {
  private readonly entries = new Map<string, { readonly value: T; readonly until: Micros }>();

  get(key: string, now: Micros): T | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && now < entry.until ? entry.value : undefined;
  }

  set(key: string, value: T, until: Micros): void {
    this.entries.delete(key);
    this.entries.set(key, { value, until });
    const [oldest] = this.entries.keys();
    if (this.entries.size > ENTRIES_MAX && oldest !== undefined) this.entries.delete(oldest);
  }
}
