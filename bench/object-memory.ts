import { podPath, REQUESTS } from './api-requests.js';
import { emptyServer } from './api-server.js';
import type { Benchmark } from './benchmark.js';
import { heapBytes } from './heap.js';

const PODS = 4000;

/** Kilobytes of a pod as JSON, as a client gets it. */
function jsonKilobytes(): number {
  const { ask } = emptyServer();
  REQUESTS['create']?.(ask, 0, 0);
  return (ask('GET', podPath(0)).body?.length ?? 0) / 1000;
}

/** What each of many pods takes that were created one by one: object, managed fields, index, history. */
export const objectMemory: Benchmark = {
  name: 'memory of a pod in the store',
  unit: 'kB',
  against: { name: 'the same as JSON', measure: jsonKilobytes },
  aimMax: 3,
  rounds: 1,
  measure: () => {
    const { ask, server } = emptyServer();
    REQUESTS['create']?.(ask, 0, 0);
    const before = heapBytes();
    for (let index = 1; index <= PODS; index += 1) REQUESTS['create']?.(ask, index, 0);
    const after = heapBytes();
    if (server.store.liveCount < PODS) throw new Error('not all of them are there');
    return (after - before) / PODS / 1000;
  },
};
