import type { Micros } from '../../kernel/time.js';
import type { NodeStats } from '../stats/stats.js';
import { type Observation, observationsOf, SIGNALS, type Threshold, thresholdsMet } from './thresholds.js';

/** What a look at the node came to. */
export interface Look {
  /** Thresholds whose grace period is over, those that matter most first. */
  readonly due: readonly Threshold[];
  readonly observations: ReadonlyMap<string, Observation>;
}

/** Remembers which thresholds are met and since when (eviction managerImpl.synchronize up to the eviction). */
export class Pressure {
  private readonly thresholds: readonly Threshold[];
  private readonly transition: Micros;
  private met: readonly Threshold[] = [];
  private firstSeen = new Map<Threshold, Micros>();
  private readonly lastSeen = new Map<string, Micros>();
  private current: readonly string[] = [];

  /** `transition`: how long a condition stays after its cause is gone. */
  constructor(thresholds: readonly Threshold[], transition: Micros) {
    this.thresholds = thresholds;
    this.transition = transition;
  }

  /** The node's conditions that are true now. */
  get conditions(): readonly string[] {
    return this.current;
  }

  /** Whether something is remembered that time alone may change. */
  get isOpen(): boolean {
    return this.current.length > 0 || this.firstSeen.size > 0;
  }

  look(stats: NodeStats, now: Micros): Look {
    const observations = observationsOf(stats);
    const met = new Set(thresholdsMet(this.thresholds, observations, false));
    // What was met stays so until the least to be reclaimed is free too.
    for (const threshold of thresholdsMet(this.met, observations, true)) met.add(threshold);
    this.firstSeen = new Map([...met].map((threshold) => [threshold, this.firstSeen.get(threshold) ?? now]));
    for (const { signal } of met) this.lastSeen.set(SIGNALS[signal]?.condition ?? '', now);
    this.current = [...this.lastSeen].filter(([, at]) => now - at < this.transition).map(([condition]) => condition);
    this.met = [...met].filter(({ gracePeriod }, index, all) => {
      const since = this.firstSeen.get(all[index] as Threshold) ?? now;
      return now - since >= gracePeriod;
    });
    const isMemory = ({ signal }: Threshold) => (SIGNALS[signal]?.resource === 'memory' ? 0 : 1);
    const due = [...this.met].sort((one, other) => isMemory(one) - isMemory(other));
    return { due, observations };
  }

  /** Whether the thresholds, with what is to be reclaimed, are no longer met. */
  isRelieved(stats: NodeStats): boolean {
    return thresholdsMet(this.thresholds, observationsOf(stats), true).length === 0;
  }
}
