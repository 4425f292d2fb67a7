import { MINUTE, type Micros, SECOND } from '../../kernel/time.js';

const INITIAL_DELAY: Micros = SECOND;
const MAX_DELAY: Micros = 15 * MINUTE;

interface Entry {
  delay: Micros;
  last: Micros;
}

/** How long a daemon set waits before it replaces a pod that failed on the same node again: from 1 s, doubling to 15 min. */
export class FailedPodBackoff {
  private readonly entries = new Map<string, Entry>();

  /** 0 when it may be replaced now, which counts as one more failure; else what is left to wait. */
  next(key: string, now: Micros): Micros {
    const entry = this.entries.get(key);
    if (!entry || now - entry.last > 2 * MAX_DELAY) {
      this.entries.set(key, { delay: INITIAL_DELAY, last: now });
      return 0;
    }
    if (now - entry.last < entry.delay) return entry.delay;
    entry.delay = Math.min(2 * entry.delay, MAX_DELAY);
    entry.last = now;
    return 0;
  }
}
