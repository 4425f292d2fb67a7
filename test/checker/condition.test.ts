import { describe, expect, test } from 'vitest';
import { type Condition, deepEqual, describeCondition, describeValue, judge } from '../../src/checker/condition.js';
import { quantityValue } from '../../src/checker/quantity.js';

test.each<[unknown, unknown, string, string]>([
  [4, '4', 'the text "4"', 'the number 4'],
  ['true', true, 'the boolean true', 'the text "true"'],
  ['[1]', [1], 'the list [1]', 'the text "[1]"'],
  ['null', null, 'null', 'the text "null"'],
  ['{"a":1}', { a: 1 }, 'the map {"a":1}', `the text ${JSON.stringify('{"a":1}')}`],
  [5, '4', '4', '5'],
])('%j is not %j: what looks alike is told apart', (value, equals, expected, found) => {
  expect(judge(value, { equals })).toEqual({ passed: false, expected, found });
});

test.each<[unknown, Condition, boolean]>([
  [3, { equals: 3 }, true],
  ['3', { equals: 3 }, false],
  [{ a: 1, b: [2] }, { equals: { b: [2], a: 1 } }, true],
  [[1, 2], { equals: [2, 1] }, false],
  [{ a: 1 }, { equals: { a: 1, b: undefined } }, false],
  [undefined, { equals: false }, false],
  [undefined, { equals: false, missing: false }, true],
  [undefined, { equals: 0, missing: 0 }, true],
  [null, { equals: null }, true],
  ['nginx:1.27', { contains: 'nginx' }, true],
  ['nginx', { contains: 'httpd' }, false],
  [['a', 'b'], { contains: 'b' }, true],
  [['ab'], { contains: 'b' }, false],
  [[{ name: 'a', value: '1' }], { contains: { name: 'a', value: '1' } }, true],
  [{ app: 'web', tier: 'x' }, { contains: { app: 'web' } }, true],
  [{ app: 'db' }, { contains: { app: 'web' } }, false],
  [{ app: 'web' }, { contains: { app: 'web', tier: 'x' } }, false],
  [null, { contains: { app: 'web' } }, false],
  [{ app: 'web' }, { contains: null }, false],
  [{ app: 'web' }, { contains: 'app' }, false],
  [7, { contains: {} }, false],
  [undefined, { contains: '' }, false],
  ['a\nbcd\n', { matches: '^b.d$' }, true],
  ['abc', { matches: '^b' }, false],
  [12, { matches: '^1' }, true],
  // A pattern that is none is found nowhere.
  ['(', { matches: '(' }, false],
  ['', { exists: true }, true],
  [undefined, { exists: true }, false],
  [undefined, { absent: true }, true],
  [null, { absent: true }, false],
  [3, { atLeast: 3 }, true],
  [2, { atLeast: 3 }, false],
  ['1Gi', { atLeast: '1000Mi' }, true],
  ['many', { atLeast: 1 }, false],
  [1, { atLeast: 'many' }, false],
  ['200m', { atMost: '0.2' }, true],
  ['201m', { atMost: '0.2' }, false],
  ['500m', { quantity: '0.5' }, true],
  ['0.5', { quantity: '500m' }, true],
  ['512Mi', { quantity: '0.5Gi' }, true],
  ['512M', { quantity: '512Mi' }, false],
  [[1], { quantity: '1' }, false],
])('%j against %j: %s', (value, condition, passed) => {
  expect(judge(value, condition).passed).toBe(passed);
});

test.each<[Condition, string]>([
  [{ equals: 'x' }, 'x'],
  [{ equals: '' }, '""'],
  [{ equals: [1] }, '[1]'],
  [{ contains: 'x' }, 'contains x'],
  [{ matches: '^x' }, 'matches ^x'],
  [{ absent: true }, 'is not set'],
  [{ exists: true }, 'exists'],
  [{ atLeast: 2 }, 'at least 2'],
  [{ atMost: '2Gi' }, 'at most 2Gi'],
  [{ quantity: '1' }, '1'],
])('%j is told as "%s"', (condition, words) => {
  expect(describeCondition(condition)).toBe(words);
});

test('what is not there is told as nothing', () => {
  expect(describeValue(undefined)).toBe('nothing');
  expect(judge(undefined, { equals: 1, missing: 0 }).found).toBe('0');
});

test.each([
  ['1', 1],
  [2.5, 2.5],
  ['100m', 0.1],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['1e3', 1000],
  ['2k', 2000],
  ['+.5', 0.5],
  [' 1 ', 1],
  ['1 Gi', undefined],
  ['1gb', undefined],
  ['', undefined],
  [true, undefined],
  [null, undefined],
])('the quantity %j is %s', (text, value) => {
  const found = quantityValue(text);
  if (value === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(value, 9);
});

describe('deepEqual', () => {
  test.each([
    [{}, [], false],
    [null, {}, false],
    [{ a: undefined }, { b: undefined }, false],
    [[[]], [[]], true],
    ['', {}, false],
    ['ab', ['a', 'b'], false],
  ])('%j, %j: %s', (one, other, equal) => {
    expect(deepEqual(one, other)).toBe(equal);
    expect(deepEqual(other, one)).toBe(equal);
  });
});
