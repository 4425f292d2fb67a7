import type { SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../journal/entry.js';

/** Inputs on their way at once: enough to keep the machine busy, few enough to keep memory small. */
const UNDER_WAY_MAX = 500;

/** How a replay ended. */
export interface Replayed {
  /** The instant the journal leads to; virtual microseconds. */
  readonly instant: number;
  /** The first instant at which the machine's state differed from what the journal noted. */
  readonly diverged: number | undefined;
}

/** Gives a machine that is where the journal began every input at its instant, and lets time pass to the last one. */
export async function replay(cluster: SimCluster, entries: readonly JournalEntry[]): Promise<Replayed> {
  let instant = cluster.reached;
  let diverged: number | undefined;
  let underWay: Promise<void>[] = [];
  for (const entry of entries) {
    instant = Math.max(instant, entry.t);
    if ('input' in entry) underWay.push(cluster.input(entry.t, entry.input));
    if (underWay.length < UNDER_WAY_MAX && !('hash' in entry)) continue;
    await Promise.all(underWay);
    underWay = [];
    if (!('hash' in entry)) continue;
    await cluster.advanceTo(entry.t);
    if ((await cluster.traceHash()) !== entry.hash) diverged ??= entry.t;
  }
  await Promise.all(underWay);
  await cluster.advanceTo(instant);
  return { instant, diverged };
}
