import { expect, test } from 'vitest';
import { firstDifferent } from '../../src/checker/difference.js';

test.each<[unknown, unknown, string, unknown, unknown]>([
  [1, 2, '', 1, 2],
  [{ a: 1, b: 2 }, { a: 1, b: 3 }, '.b', 2, 3],
  [{ a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }, '.a.b[0].c', 1, 2],
  [{ 'app.kubernetes.io/name': 'x' }, { 'app.kubernetes.io/name': 'y' }, "['app.kubernetes.io/name']", 'x', 'y'],
  [{ a: 1 }, {}, '.a', 1, undefined],
  [{}, { a: 1 }, '.a', undefined, 1],
  [{ a: {} }, { a: 'x' }, '.a', {}, 'x'],
  [{ a: 'x' }, { a: {} }, '.a', 'x', {}],
  [{ a: null }, { a: {} }, '.a', null, {}],
  // Lists of another length, and a list and a map, differ as a whole.
  [{ a: [1, 2] }, { a: [3] }, '.a', [1, 2], [3]],
  [{ a: [] }, { a: { b: 1 } }, '.a', [], { b: 1 }],
  [{ a: [1, 2] }, { a: [1, 3] }, '.a[1]', 2, 3],
])('%j and %j differ at %s', (one, other, path, atOne, atOther) => {
  expect(firstDifferent(one, other)).toEqual({ path, one: atOne, other: atOther });
});
