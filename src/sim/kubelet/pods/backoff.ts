import type { Micros } from '../../kernel/time.js';
import { MINUTE, SECOND } from '../../kernel/time.js';

/** kubelet: restarts and pulls wait 10 s after the first failure, doubling to 300 s. */
const BACKOFF_FIRST: Micros = 10 * SECOND;
const BACKOFF_MAX: Micros = 300 * SECOND;
/** kubelet: an entry that was not needed for twice the longest pause starts from the beginning. */
const BACKOFF_RESET: Micros = 10 * MINUTE;

interface Entry {
  readonly span: Micros;
  readonly updated: Micros;
}

/** Growing pauses by key (client-go flowcontrol.Backoff). */
export class Backoff {
  private readonly entries = new Map<string, Entry>();

  /** The pause in force; 0 when there is none. */
  get(key: string): Micros {
    return this.entries.get(key)?.span ?? 0;
  }

  /** Counts a failure that was at `event`; what it changes counts from `now` on. */
  next(key: string, event: Micros, now: Micros): void {
    const entry = this.entries.get(key);
    const fresh = !entry || expired(entry, event);
    this.entries.set(key, { span: fresh ? BACKOFF_FIRST : Math.min(entry.span * 2, BACKOFF_MAX), updated: now });
  }

  /** Whether at `now` the pause since an event at `since` is not over. */
  isWaitingSince(key: string, since: Micros, now: Micros): boolean {
    const entry = this.entries.get(key);
    if (!entry || expired(entry, since)) return false;
    return now - since < entry.span;
  }

  /** Whether at `now` the pause since the last failure is not over. */
  isWaiting(key: string, now: Micros): boolean {
    const entry = this.entries.get(key);
    if (!entry || expired(entry, now)) return false;
    return now - entry.updated < entry.span;
  }

  /** When the pause since the last failure ends. */
  endsAt(key: string): Micros | undefined {
    const entry = this.entries.get(key);
    return entry && entry.updated + entry.span;
  }

  forget(prefix: string): void {
    for (const key of [...this.entries.keys()]) if (key.startsWith(prefix)) this.entries.delete(key);
  }
}

function expired(entry: Entry, at: Micros): boolean {
  return at - entry.updated > BACKOFF_RESET;
}
