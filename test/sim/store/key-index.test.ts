import { expect, test } from 'vitest';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { Store } from '../../../src/sim/store/store.js';

/** More than a block of the index holds, so that blocks are split, emptied and thrown away. */
const KEYS = 3000;
const WRITES = 12_000;
const LOOKS = 60;

test('ranges and counts, now and before, are those of a plain map, however keys come and go', () => {
  const random = createRandom('key-index');
  const store = new Store();
  const plain = new Map<string, number>();
  const past: { revision: number; keys: string[] }[] = [];
  const key = () => `/k/${String(random.below(KEYS)).padStart(4, '0')}`;
  for (let write = 1; write <= WRITES; write += 1) {
    const written = key();
    // First it fills, then it empties.
    if (random.below(WRITES) > write) plain.set(written, store.put(written, {}).modRevision);
    else if (store.delete(written)) plain.delete(written);
    if (write % (WRITES / LOOKS) !== 0) continue;
    past.push({ revision: store.revision, keys: [...plain.keys()].sort() });
    const { revision, keys } = past[random.below(past.length)] ?? { revision: 0, keys: [] };
    const [start = '', end = ''] = [key(), key()].sort();
    const expected = keys.filter((one) => one >= start && one < end);
    const page = store.range({ start, end, revision, limit: 7, countAll: true });
    expect(page.entries.map((entry) => entry.key)).toEqual(expected.slice(0, 7));
    expect([page.count, page.more]).toEqual([expected.length, expected.length > 7]);
    expect(store.range({ prefix: '/k/', revision }).entries).toHaveLength(keys.length);
    if (past.length % 10 !== 0) continue;
    store.compact(store.revision);
    past.length = 0;
    expect(
      store
        .content()
        .entries.map((entry) => entry.modRevision)
        .sort(),
    ).toEqual([...plain.values()].sort());
  }
  for (const [one] of plain) store.delete(one);
  store.compact(store.revision);
  expect([store.liveCount, store.range({ prefix: '/' }).count]).toEqual([0, 0]);
  store.put('/k/1', {});
  expect(store.range({ prefix: '/k/' }).entries).toMatchObject([{ key: '/k/1', version: 1 }]);
});
