/** Seeded random numbers (xoshiro128**), split by name so that one component's draws never shift another's. */
export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number;
  /** A whole number from 0 to `limit` - 1; `limit` is 1 or more. */
  below(limit: number): number;
  /** A fraction from 0 up to, but not including, 1. */
  fraction(): number;
  /** One item of a non-empty list. */
  pick<T>(items: readonly T[]): T;
  /** `count` random bytes. */
  bytes(count: number): Uint8Array;
  /** A generator of its own for the named component; the same name gives the same sequence. */
  fork(name: string): Random;
}

/** Makes the generator of a seed; the seed is any text, a number's decimal digits included. */
export function createRandom(seed: string): Random {
  const state = new Uint32Array(4);
  let hash = 2166136261;
  for (let index = 0; index < seed.length; index += 1) hash = Math.imul(hash ^ seed.charCodeAt(index), 16777619) >>> 0;
  for (let index = 0; index < 4; index += 1) {
    hash = (hash + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    state[index] = (mixed ^ (mixed >>> 16)) >>> 0;
  }
  const rotate = (value: number, by: number) => ((value << by) | (value >>> (32 - by))) >>> 0;
  const uint32 = (): number => {
    const [s0, s1, s2, s3] = state as unknown as [number, number, number, number];
    const result = Math.imul(rotate(Math.imul(s1, 5) >>> 0, 7), 9) >>> 0;
    const c2 = (s2 ^ s0) >>> 0;
    const c3 = (s3 ^ s1) >>> 0;
    state[1] = s1 ^ c2;
    state[0] = s0 ^ c3;
    state[2] = c2 ^ (s1 << 9);
    state[3] = rotate(c3, 11);
    return result;
  };
  const below = (limit: number): number => Math.floor((uint32() / 0x1_0000_0000) * limit);
  return {
    uint32,
    below,
    fraction: () => uint32() / 0x1_0000_0000,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    bytes: (count) => Uint8Array.from({ length: count }, () => uint32() >>> 24),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}
