import { describe, expect, it } from 'vitest';
import { spellingsIn, withSpellings } from '../../../src/sim/api/number-spelling.js';

function read(text: string): unknown {
  return withSpellings(text, JSON.parse(text));
}

describe('spellings of numbers', () => {
  it.each(['1e3', '1.0', '1E2', '9223372036854775808', '-9223372036854775809', '1e400', '0.10', '-0'])(
    '%s',
    (number) => {
      const value = read(`{"a": [1,${number}], "b":${number}}`) as { a: number[]; b: number };
      expect(value).toEqual({ a: [1, Number(number)], b: Number(number) });
      expect([...(spellingsIn(value.a) ?? [])]).toEqual([['1', number]]);
      expect([...(spellingsIn(value) ?? [])]).toEqual([['b', number]]);
    },
  );

  it('are not remembered of numbers that tell it themselves, nor of texts', () => {
    const text = '{"a":12,"b":"nginx:1.250 -0 ,1e3","c":-3.5,"d":9007199254740991,"e\\"1.0":[2]}';
    const value = read(text) as { e: object };
    expect(value).toEqual(JSON.parse(text));
    expect(spellingsIn(value)).toBeUndefined();
  });

  it('leave names from outside as they are', () => {
    const value = read('{"__proto__":{"x":1.0},"constructor":1.0}') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect([...(spellingsIn(value) ?? [])]).toEqual([['constructor', '1.0']]);
  });
});
