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
    ['the whole', [{ op: 'replace', path: '', value: [3] }], [3]],
    ['replace what is not there', [{ op: 'replace', path: '/a/e', value: 5 }], { a: { b: [1, 2], 'c/d': 'x', e: 5 } }],
    ['copy what is not there', [{ op: 'copy', from: '/a/e', path: '/f' }], { ...object, f: null }],
    ['count from the end', [{ op: 'remove', path: '/a/b/-1' }], { a: { b: [1], 'c/d': 'x' } }],
    ['test for nothing', [{ op: 'test', path: '/a/e', value: null }], object],
  ])('%s', (_, patch, expected) => {
    const before = structuredClone(object);
    expect(applyJsonPatch(object, patch)).toEqual(expected);
    expect(object).toEqual(before);
  });

  // Words recorded from evanphx/json-patch 4.13.0, the version of Kubernetes 1.36.
  test.each<[string, unknown, 400 | 422, string]>([
    ['no list', {}, 400, 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
    ['an item that is no object', [3], 400, 'json: cannot unmarshal number into Go value of type jsonpatch.Operation'],
    ['no operation', [null], 422, 'Unexpected kind: unknown'],
    ['an operation of no kind it knows', [{ op: 'jump', path: '/a' }], 422, 'Unexpected kind: jump'],
    ['no path', [{ op: 'add', value: 1 }], 422, 'add operation failed to decode path: missing value'],
    [
      'no path to replace',
      [{ op: 'replace', value: 1 }],
      422,
      'replace operation failed to decode path: operation missing path field: missing value',
    ],
    [
      'no source',
      [{ op: 'move', path: '/a' }],
      422,
      'move operation failed to decode from: operation, missing from field: missing value',
    ],
    ['a test that fails', [{ op: 'test', path: '/a/b/0', value: 2 }], 422, 'testing value /a/b/0 failed: test failed'],
    [
      'a test of no item',
      [{ op: 'test', path: '/a/b/7', value: 2 }],
      422,
      "error in test for path: '/a/b/7': Unable to access invalid index: 7: invalid index referenced",
    ],
    [
      'a test below what is missing',
      [{ op: 'test', path: '/x/y', value: 2 }],
      422,
      'test operation does not apply: is missing path: /x/y: missing value',
    ],
    [
      'removing what is not there',
      [{ op: 'remove', path: '/x' }],
      422,
      "error in remove for path: '/x': Unable to remove nonexistent key: x: missing value",
    ],
    [
      'removing no item',
      [{ op: 'remove', path: '/a/b/2' }],
      422,
      "error in remove for path: '/a/b/2': Unable to access invalid index: 2: invalid index referenced",
    ],
    [
      'removing below what is missing',
      [{ op: 'remove', path: '/x/y' }],
      422,
      'remove operation does not apply: doc is missing path: "/x/y": missing value',
    ],
    [
      'removing everything',
      [{ op: 'remove', path: '' }],
      422,
      'remove operation does not apply: doc is missing path: "": missing value',
    ],
    [
      'replacing no item',
      [{ op: 'replace', path: '/a/b/2', value: 1 }],
      422,
      'replace operation does not apply: doc is missing key: /a/b/2: missing value',
    ],
    [
      'replacing below what is missing',
      [{ op: 'replace', path: '/x/y', value: 1 }],
      422,
      'replace operation does not apply: doc is missing path: /x/y: missing value',
    ],
    [
      'replacing everything by a number',
      [{ op: 'replace', path: '', value: 3 }],
      422,
      'replace operation value must be object or array: %!w(<nil>)',
    ],
    [
      'a place behind the end',
      [{ op: 'add', path: '/a/b/5', value: 1 }],
      422,
      "error in add for path: '/a/b/5': Unable to access invalid index: 5: invalid index referenced",
    ],
    [
      'a place that is no number',
      [{ op: 'add', path: '/a/b/x', value: 1 }],
      422,
      "error in add for path: '/a/b/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax",
    ],
    [
      'a missing parent',
      [{ op: 'add', path: '/x/y', value: 1 }],
      422,
      'add operation does not apply: doc is missing path: "/x/y": missing value',
    ],
    [
      'a parent that is a text',
      [{ op: 'add', path: '/a/c~1d/e', value: 1 }],
      422,
      'add operation does not apply: doc is missing path: "/a/c~1d/e": missing value',
    ],
    [
      'moving what is not there',
      [{ op: 'move', from: '/x', path: '/y' }],
      422,
      "error in move for path: 'x': Unable to remove nonexistent key: x: missing value",
    ],
    [
      'moving from below what is missing',
      [{ op: 'move', from: '/x/y', path: '/y' }],
      422,
      'move operation does not apply: doc is missing from path: /x/y: missing value',
    ],
    [
      'moving to below what is missing',
      [{ op: 'move', from: '/a/b', path: '/x/y' }],
      422,
      'move operation does not apply: doc is missing destination path: /x/y: missing value',
    ],
    [
      'copying no item',
      [{ op: 'copy', from: '/a/b/7', path: '/y' }],
      422,
      "error in copy for from: '/a/b/7': Unable to access invalid index: 7: invalid index referenced",
    ],
    [
      'copying behind the end',
      [{ op: 'copy', from: '/a/b', path: '/a/b/7' }],
      422,
      'error while adding value during copy: Unable to access invalid index: 7: invalid index referenced',
    ],
  ])('refuse %s', (_, patch, code, message) => {
    expect(thrownBy(() => applyJsonPatch(object, patch))).toEqual(new JsonPatchError(code, message));
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

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
