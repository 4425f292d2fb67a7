import { describe, expect, test } from 'vitest';
import { applyJsonPatch, JsonPatchError } from '../../../../src/sim/api/patch/json-patch.js';
import { createMergePatch, mergePatch, threeWayMergePatch } from '../../../../src/sim/api/patch/merge-patch.js';

const object = { a: { b: [1, 2], 'c/d': 'x' } };

describe('JSON patches', () => {
  test.each<[string, object[], unknown]>([
    ['add', [{ op: 'add', path: '/a/e', value: 5 }], { a: { b: [1, 2], 'c/d': 'x', e: 5 } }],
    ['add into a list', [{ op: 'add', path: '/a/b/1', value: 9 }], { a: { b: [1, 9, 2], 'c/d': 'x' } }],
    ['append', [{ op: 'add', path: '/a/b/-', value: 9 }], { a: { b: [1, 2, 9], 'c/d': 'x' } }],
    ['remove', [{ op: 'remove', path: '/a/c~1d' }], { a: { b: [1, 2] } }],
    ['replace', [{ op: 'replace', path: '/a/b/0', value: 7 }], { a: { b: [7, 2], 'c/d': 'x' } }],
    ['move', [{ op: 'move', from: '/a/b/0', path: '/f' }], { a: { b: [2], 'c/d': 'x' }, f: 1 }],
    ['copy', [{ op: 'copy', from: '/a/b', path: '/f' }], { ...object, f: [1, 2] }],
    ['test', [{ op: 'test', path: '/a/b/0', value: 1 }], object],
    ['the whole', [{ op: 'replace', path: '', value: 3 }], 3],
  ])('%s', (_, patch, expected) => {
    const before = structuredClone(object);
    expect(applyJsonPatch(object, patch)).toEqual(expected);
    expect(object).toEqual(before);
  });

  test.each<[string, unknown, 400 | 422]>([
    ['no list', {}, 400],
    ['a test that fails', [{ op: 'test', path: '/a/b/0', value: 2 }], 422],
    ['removing what is not there', [{ op: 'remove', path: '/x' }], 422],
    ['replacing what is not there', [{ op: 'replace', path: '/x', value: 1 }], 422],
    ['a place behind the end', [{ op: 'add', path: '/a/b/5', value: 1 }], 422],
    ['a missing parent', [{ op: 'add', path: '/x/y', value: 1 }], 422],
  ])('refuse %s', (_, patch, code) => {
    expect(() => applyJsonPatch(object, patch)).toThrow(JsonPatchError);
    try {
      applyJsonPatch(object, patch);
    } catch (error) {
      expect((error as JsonPatchError).code).toBe(code);
    }
  });
});

describe('JSON merge patches', () => {
  // RFC 7386, appendix A.
  test.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: 'foo' }, null, null],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });

  test('are made from what differs', () => {
    expect(createMergePatch({ a: 1, b: { c: 1, d: 2 }, e: [1] }, { b: { c: 1, d: 3 }, e: [2], f: {} })).toEqual({
      a: null,
      b: { d: 3 },
      e: [2],
      f: {},
    });
  });

  test('of three delete only what was applied before', () => {
    expect(threeWayMergePatch({ a: 1, b: 2 }, { b: 3 }, { a: 1, b: 2, kept: true })).toEqual({ a: null, b: 3 });
  });
});
