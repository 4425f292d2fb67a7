import { availableParallelism } from 'node:os';
import { workersExist } from '../../clusters/sim/link.js';
import { openSimCluster } from '../../clusters/sim/sim-cluster.js';
import { WorkerPool } from '../../clusters/sim/worker-pool.js';
import type { LabInstance } from '../format/instance.js';
import { playAttempt } from '../session/attempt.js';
import { machineOptions } from '../session/machine-options.js';
import type { ScriptStep } from '../session/script.js';
import type { Life, Stretch } from './lives.js';
import { playLife, type Seen } from './play-life.js';
import { PreparedMachines } from './prepared.js';

/** Told what was found at the end of a stretch, and how much real time it took. */
export type Tell = (stretch: Stretch, seen: Seen, milliseconds: number) => void;

/** Who lives lives: several at once, each on a machine of its own. Everything may end in a `ClusterError`. */
export interface Players {
  /** Lives a life from its beginning, telling what is found at the end of each stretch, until the signal is aborted. */
  live(instance: LabInstance, life: Life, tell: Tell, signal?: AbortSignal): Promise<void>;
  /** Types steps in a terminal of so many columns, and gives what it showed. */
  show(instance: LabInstance, steps: readonly ScriptStep[], columns: number): Promise<string>;
  /** Makes a machine while nobody waits, so that the next life of this instance begins at once. */
  prepare(instance: LabInstance): Promise<void>;
  /** Ends the threads. */
  end(): Promise<void>;
}

/**
 * Lives lives on as many threads as the computer has processors, first come, first served; where the program runs from
 * its sources, one after another in this thread.
 */
export function openPlayers(): Players {
  const pool = workersExist() ? new WorkerPool() : undefined;
  const thread = pool ?? 'same';
  const prepared = pool && new PreparedMachines(pool);
  let free = pool ? availableParallelism() : 1;
  const waiting: (() => void)[] = [];
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
  return {
    live: (instance, life, tell, signal) =>
      inTurn(async () => {
        if (signal?.aborted) return;
        let since = performance.now();
        const ready = await prepared?.take(instance);
        const cluster = ready ?? (await openSimCluster(machineOptions(instance), { thread }));
        try {
          const told = (stretch: Stretch, seen: Seen): void => {
            tell(stretch, seen, performance.now() - since);
            since = performance.now();
          };
          await playLife(cluster, instance, life, told, signal);
        } finally {
          await cluster.close();
        }
      }),
    show: (instance, steps, columns) =>
      inTurn(async () => (await playAttempt(instance, [{ steps }], { thread, columns })).output),
    prepare: async (instance) => prepared?.prepare(instance),
    end: async () => pool?.close(),
  };
}
