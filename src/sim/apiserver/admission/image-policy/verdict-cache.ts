import type { Micros } from '../../../kernel/time.js';
import type { ImageVerdict } from './review.js';

const ENTRIES_MAX = 1024;

interface Entry {
  readonly verdict: ImageVerdict;
  readonly until: Micros;
}

/** What was said of images, until it is no longer to be believed; of too many, those go that were longest not asked for. */
export class VerdictCache {
  private readonly entries = new Map<string, Entry>();

  /** What holds at an instant. */
  get(key: string, now: Micros): ImageVerdict | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (now > entry.until) return undefined;
    this.entries.set(key, entry);
    return entry.verdict;
  }

  keep(key: string, verdict: ImageVerdict, now: Micros, span: Micros): void {
    if (span === 0) return;
    this.entries.delete(key);
    this.entries.set(key, { verdict, until: now + span });
    const [oldest] = this.entries.keys();
    if (this.entries.size > ENTRIES_MAX && oldest !== undefined) this.entries.delete(oldest);
  }
}
