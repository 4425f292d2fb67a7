import type { Micros } from '../kernel/time.js';
import { WaitQueue } from '../kernel/wait.js';

/** Which keys end by themselves, and when: what etcd's lessor keeps. */
export class Expiries {
  /** Woken when there is something to wait for. */
  readonly granted = new WaitQueue();
  private readonly instants = new Map<string, Micros>();

  /** A key ends at an instant, or no longer by itself. */
  set(key: string, at: Micros | undefined): void {
    // Taken out first, so that keys written with one time to live stand in the order of their ends.
    const waited = this.instants.delete(key);
    if (at === undefined) return;
    this.instants.set(key, at);
    if (!waited && this.instants.size === 1) this.granted.wakeAll();
  }

  get isEmpty(): boolean {
    return this.instants.size === 0;
  }

  /** The keys whose time is over, up to the first that has some left. */
  due(now: Micros): string[] {
    const keys: string[] = [];
    for (const [key, at] of this.instants) {
      if (at > now) break;
      keys.push(key);
    }
    return keys;
  }
}
