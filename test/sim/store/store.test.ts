import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/sim/store/entry.js';
import { CompactedError, FutureRevisionError } from '../../../src/sim/store/errors.js';
import { restoreSnapshot, saveSnapshot } from '../../../src/sim/store/snapshot.js';
import { Store } from '../../../src/sim/store/store.js';

const v = (text: string) => ({ text });

describe('revisions', () => {
  test('every transaction has one revision; versions count from creation', () => {
    const store = new Store();
    expect(store.revision).toBe(1);
    expect(store.put('/a', v('1'))).toMatchObject({ createRevision: 2, modRevision: 2, version: 1 });
    expect(store.put('/a', v('2'))).toMatchObject({ createRevision: 2, modRevision: 3, version: 2 });
    expect(store.delete('/a')?.previous).toMatchObject({ version: 2 });
    expect(store.delete('/a')).toBeUndefined();
    expect(store.revision).toBe(4);
    expect(store.put('/a', v('3'))).toMatchObject({ createRevision: 5, version: 1 });
    const changes = store.commit([
      { type: 'put', key: '/b', value: v('b') },
      { type: 'delete', key: '/a' },
    ]);
    expect(changes.map((change) => change.revision)).toEqual([6, 6]);
    expect(store.liveCount).toBe(1);
  });

  test('conditions look at the newest version; absent keys are 0', () => {
    const store = new Store();
    store.put('/a', v('1'));
    expect(
      store.holds([
        { key: '/a', target: 'mod', equals: 2 },
        { key: '/b', target: 'create', equals: 0 },
      ]),
    ).toBe(true);
    expect(store.holds([{ key: '/a', target: 'version', equals: 2 }])).toBe(false);
    expect(store.holds([{ key: '/b', target: 'mod', equals: 1 }])).toBe(false);
  });

  test('reads at a revision, limits, compaction', () => {
    const store = new Store();
    for (const key of ['/p/c', '/p/a', '/q/a', '/p/b']) store.put(key, v(key));
    store.delete('/p/a');
    const keys = (revision: number) => store.range({ prefix: '/p/', revision }).entries.map((entry) => entry.key);
    expect(keys(0)).toEqual(['/p/b', '/p/c']);
    expect(keys(3)).toEqual(['/p/a', '/p/c']);
    const page = store.range({ prefix: '/p/', revision: 5, limit: 1, countAll: true });
    expect(page).toMatchObject({ more: true, count: 3, revision: 6 });
    expect(() => keys(7)).toThrow(FutureRevisionError);
    store.compact(4);
    expect(() => keys(3)).toThrow(CompactedError);
    expect(keys(4)).toEqual(['/p/a', '/p/c']);
    expect(() => store.compact(4)).toThrow('required revision has been compacted');
    store.compact(6);
    expect(keys(0)).toEqual(['/p/b', '/p/c']);
    expect(store.get('/p/a')).toBeUndefined();
  });
});

describe('keys that end by themselves', () => {
  test('are deleted when their time is over, in one revision, and not before', () => {
    const store = new Store();
    store.put('/a', v('a'), 100);
    store.put('/b', v('b'), 110);
    store.put('/c', v('c'));
    store.expire(99);
    expect(store.liveCount).toBe(3);
    store.expire(110);
    expect([store.liveCount, store.revision, store.hasExpiring]).toEqual([1, 5, false]);
  });

  test('live longer when written again, and for good when written without an end', () => {
    const store = new Store();
    for (const key of ['/a', '/b', '/c']) store.put(key, v('1'), 100);
    store.put('/a', v('2'), 200);
    store.put('/b', v('2'));
    store.delete('/c');
    store.expire(150);
    expect(store.range({ prefix: '/' }).entries.map(({ key }) => key)).toEqual(['/a', '/b']);
    store.expire(200);
    expect(store.range({ prefix: '/' }).entries.map(({ key }) => key)).toEqual(['/b']);
  });

  test('keep their end in a snapshot', () => {
    const store = new Store();
    store.put('/a', v('a'), 200);
    store.put('/b', v('b'), 100);
    const restored = restoreSnapshot(saveSnapshot(store));
    restored.expire(100);
    expect(restored.range({ prefix: '/' }).entries.map(({ key }) => key)).toEqual(['/a']);
  });
});

describe('watching', () => {
  test('replays what is kept, then follows; other prefixes are not told', () => {
    const store = new Store();
    store.put('/a/1', v('x'));
    store.put('/b/1', v('x'));
    store.put('/a/1', v('y'));
    const seen: string[] = [];
    const stop = store.watch('/a/', 2, (changes) => {
      for (const change of changes) seen.push(`${change.key}@${change.revision}${change.entry ? '' : ' gone'}`);
    });
    expect(seen).toEqual(['/a/1@2', '/a/1@4']);
    store.put('/ab', v('no'));
    store.delete('/a/1');
    expect(seen).toEqual(['/a/1@2', '/a/1@4', '/a/1@6 gone']);
    stop();
    store.put('/a/1', v('z'));
    expect(seen).toHaveLength(3);
  });

  test('a revision that was compacted away is refused', () => {
    const store = new Store();
    for (let index = 0; index < 5; index += 1) store.put('/a', v(String(index)));
    store.compact(4);
    expect(() => store.watch('/', 3, () => {})).toThrow(CompactedError);
    const seen: number[] = [];
    store.watch('/', 4, (changes) => seen.push(...changes.map((change) => change.revision)));
    expect(seen).toEqual([4, 5, 6]);
  });
});

describe('against a simple model', () => {
  const key = fc.constantFrom('/a', '/a/1', '/a/2', '/b', '/b/1', '/c');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), key, value: fc.nat(9) }),
    fc.record({ kind: fc.constant('delete' as const), key }),
    fc.record({ kind: fc.constant('compact' as const), back: fc.nat(6) }),
  );

  test('states at every kept revision and the watched history agree with a list of maps', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = new Store();
        const states: Map<string, number>[] = [new Map(), new Map()];
        const seen: Change[] = [];
        store.watch('/a', 0, (changes) => seen.push(...changes));
        let compacted = 0;
        for (const item of steps) {
          const state = new Map(states.at(-1));
          if (item.kind === 'put') {
            state.set(item.key, item.value);
            store.put(item.key, { n: item.value });
          } else if (item.kind === 'delete') {
            store.delete(item.key);
            if (!state.delete(item.key)) continue;
          } else {
            const revision = states.length - 1 - item.back;
            if (revision <= compacted || revision < 1) continue;
            store.compact(revision);
            compacted = revision;
            continue;
          }
          states.push(state);
        }
        expect(store.revision).toBe(states.length - 1);
        for (let revision = Math.max(1, compacted); revision < states.length; revision += 1) {
          const expected = [...(states[revision] as Map<string, number>)].sort(([a], [b]) => (a < b ? -1 : 1));
          const actual = store
            .range({ revision })
            .entries.map((entry) => [entry.key, (entry.value as { n: number }).n]);
          expect(actual).toEqual(expected);
        }
        expect(store.liveCount).toBe(states.at(-1)?.size);
        const replayed: Change[] = [];
        store.watch('/a', Math.max(1, compacted), (changes) => replayed.push(...changes));
        expect(replayed).toEqual(seen.filter((change) => change.revision >= compacted));
      }),
    );
  });
});
