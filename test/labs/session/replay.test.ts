import { expect, test } from 'vitest';
import type { SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../../../src/labs/journal/entry.js';
import { replay } from '../../../src/labs/session/replay.js';

const input = { kind: 'resize', terminal: 1, columns: 80, rows: 24 } as const;

/** Plays entries on a machine that notes what it was told; `hash` is what it says its state is. */
async function played(entries: readonly JournalEntry[], hash = 'cafe') {
  const told: string[] = [];
  let waiting = 0;
  let mostWaiting = 0;
  const cluster = {
    reached: 10,
    input: async (instant: number) => {
      told.push(`input ${instant}`);
      waiting += 1;
      mostWaiting = Math.max(mostWaiting, waiting);
      await Promise.resolve();
      waiting -= 1;
    },
    advanceTo: async (instant: number) => void told.push(`advance ${instant}`),
    traceHash: async () => hash,
  };
  return { result: await replay(cluster as unknown as SimCluster, entries), told, mostWaiting };
}

test('inputs at their instants, and then as far as the journal leads', async () => {
  const { result, told } = await played([
    { n: 1, t: 20, input },
    { n: 2, t: 30, clock: true },
    { n: 3, t: 30, input },
    { n: 4, t: 50, mark: 'graded' },
  ]);
  expect(told).toEqual(['input 20', 'input 30', 'advance 50']);
  expect(result).toEqual({ instant: 50, diverged: undefined });
});

test('an empty journal leads to where the machine is', async () => {
  expect((await played([])).result).toEqual({ instant: 10, diverged: undefined });
});

test.each([
  ['cafe', undefined],
  ['beef', 30],
])('with the state %s it differs from %s on', async (hash, diverged) => {
  const entries: JournalEntry[] = [
    { n: 1, t: 20, input },
    { n: 2, t: 30, hash: 'cafe' },
    { n: 3, t: 40, hash: 'cafe' },
  ];
  expect((await played(entries, hash)).result.diverged).toBe(diverged);
});

test('a long journal never has all its inputs on their way at once', async () => {
  const entries = Array.from({ length: 2000 }, (_, index): JournalEntry => ({ n: index + 1, t: 20 + index, input }));
  const { told, mostWaiting } = await played(entries);
  expect(told).toHaveLength(2001);
  expect(mostWaiting).toBeLessThanOrEqual(500);
});
