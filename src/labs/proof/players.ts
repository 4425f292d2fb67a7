import { availableParallelism } from 'node:os';
import { workersExist } from '../../clusters/sim/link.js';
import { WorkerPool } from '../../clusters/sim/worker-pool.js';
import { playAttempt } from '../session/attempt.js';
import type { PlayCase } from './case.js';

/** Plays cases on as many threads as the computer has processors, first come, first served. */
export interface Players {
  readonly play: PlayCase;
  /** Ends the threads. */
  end(): Promise<void>;
}

/** Threads for a proof; where the program runs from its sources, cases are played one after another in this one. */
export function openPlayers(): Players {
  const pool = workersExist() ? new WorkerPool() : undefined;
  let free = pool ? availableParallelism() : 1;
  const waiting: (() => void)[] = [];
  return {
    async play(instance, { scripts }, columns) {
      if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      else free -= 1;
      try {
        return await playAttempt(instance, scripts, {
          thread: pool ?? 'same',
          ...(columns === undefined ? {} : { columns }),
        });
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
    end: async () => pool?.close(),
  };
}
