import { describe, expect, it } from 'vitest';
import type { Act } from './deed.js';
import { drawActs } from './draw/draw-acts.js';
import { shrink } from './shrink.js';

const acts = Array.from({ length: 25 }, (_, at): Act => ({ after: 1, deed: { kind: 'repair', fault: `${at}` } }));
const names = (some: readonly Act[]) => some.map(({ deed }) => (deed.kind === 'repair' ? deed.fault : ''));

describe('a journal that fails is cut shorter', () => {
  it('until only what it takes is left, at the same instants', () => {
    const shortest = shrink(acts, (shorter) => ['3', '17'].every((name) => names(shorter).includes(name)));
    expect(names(shortest)).toEqual(['3', '17']);
    expect(shortest.map(({ after }) => after)).toEqual([4, 14]);
  });

  it('and is whole where all of it is needed', () => {
    expect(shrink(acts, (shorter) => shorter.length === acts.length)).toEqual(acts);
  });
});

describe('a seed', () => {
  it('gives one journal, and another seed another', () => {
    expect(drawActs('1', 25)).toEqual(drawActs('1', 25));
    expect(drawActs('1', 25)).not.toEqual(drawActs('2', 25));
  });

  it('of two hundred, some have every kind of deed', () => {
    const kinds = new Set(
      Array.from({ length: 200 }, (_, seed) => drawActs(`${seed}`, 25))
        .flat()
        .map(({ deed }) => deed.kind),
    );
    expect([...kinds].sort()).toEqual(['fault', 'pod', 'repair', 'request', 'script']);
  });
});
