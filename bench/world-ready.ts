import type { Benchmark } from './benchmark.js';
import { threeNodeMachine } from './machine.js';
import { median } from './spawned.js';

let seed = 0;
const first: { milliseconds?: number } = {};

/** Milliseconds until a world of a seed of its own is ready. */
function worldMs(): number {
  seed += 1;
  const started = performance.now();
  threeNodeMachine(String(seed));
  const milliseconds = performance.now() - started;
  first.milliseconds ??= milliseconds;
  return milliseconds;
}

/** A three-node world when the code has been compiled; the comparison is the first one of this process. */
export const worldReady: Benchmark = {
  name: 'three-node world ready, warm',
  unit: 'ms',
  against: {
    name: 'first world (cold)',
    measure: () => {
      if (first.milliseconds === undefined) worldMs();
      return median([first.milliseconds ?? 0]);
    },
  },
  aimMax: 100,
  aimIsAbsolute: true,
  measure: worldMs,
};
