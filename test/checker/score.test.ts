import { expect, test } from 'vitest';
import type { Verdict } from '../../src/checker/condition.js';
import type { Check } from '../../src/checker/rubric.js';
import { score } from '../../src/checker/score.js';

const check = (id: string, more: Partial<Check> = {}): Check =>
  ({ id, says: id, points: 2, gone: { apiVersion: 'v1', kind: 'Pod' }, ...more }) as Check;
const guard = (id: string, more: Partial<Check> = {}): Check => {
  const { points: _, ...rest } = check(id, { guard: true, ...more });
  return rest as Check;
};

/** Which ids pass, and what comes of it: earned by id, and whether the task is passed. */
const rows: readonly [string, readonly Check[], string, Record<string, number>, boolean][] = [
  ['everything', [check('a'), check('b')], 'a b', { a: 2, b: 2 }, true],
  ['a part', [check('a'), check('b', { points: 3 })], 'b', { a: 0, b: 3 }, false],
  ['nothing', [check('a')], '', { a: 0 }, false],
  ['a guard that holds', [check('a'), guard('g')], 'a g', { a: 2, g: 0 }, true],
  ['a guard that does not, voids all', [check('a'), check('b'), guard('g')], 'a b', { a: 0, b: 0, g: 0 }, false],
  ['or what it names', [check('a'), check('b'), guard('g', { voids: ['a'] })], 'a b', { a: 0, b: 2, g: 0 }, false],
  ['a guard that does not, voiding nothing', [check('a'), guard('g', { voids: [] })], 'a', { a: 2, g: 0 }, false],
  ['counting together', [check('a'), check('b', { counts_with: ['a'] })], 'a b', { a: 2, b: 2 }, true],
  [
    'a negative check earns nothing by itself',
    [check('a'), check('b', { counts_with: ['a'] })],
    'b',
    { a: 0, b: 0 },
    false,
  ],
  ['but is not failed', [check('a'), check('b', { counts_with: ['b'] })], 'b', { a: 0, b: 2 }, false],
  ['a check nobody looked at', [check('a')], 'x', { a: 0 }, false],
];

test.each(rows)('%s', (_, checks, passing, earned, passed) => {
  const verdict = { passed: true, expected: 'e', found: 'f' };
  const report = score(checks, new Map(passing.split(' ').map((id) => [id, verdict])));
  expect(Object.fromEntries(report.checks.map((result) => [result.id, result.earned]))).toEqual(earned);
  expect(report.points).toBe(Object.values(earned).reduce((sum, points) => sum + points, 0));
  expect(report.total).toBe(checks.reduce((sum, { points = 0 }) => sum + points, 0));
  expect(report.passed).toBe(passed);
});

test.each<[string, readonly Check[], string, readonly string[] | undefined]>([
  ['itself failed', [check('b'), check('a', { counts_with: ['b'] })], '', undefined],
  ['it earns', [check('b'), check('a', { counts_with: ['b'] })], 'a b', undefined],
  ['another failed', [check('b'), check('c'), check('a', { counts_with: ['b', 'c'] })], 'a c', ['b']],
  ['two others failed', [check('b'), check('c'), check('a', { counts_with: ['c', 'b'] })], 'a', ['b', 'c']],
  ['a guard failed', [check('a'), guard('g')], 'a', ['g']],
  ['a guard of others failed', [check('b'), check('a'), guard('g', { voids: ['b'] })], 'a b', undefined],
  ['it earns nothing anyway', [check('b'), check('a', { counts_with: ['b'], points: 0 })], 'a', undefined],
])('what withholds the points of a check: %s', (_, checks, passing, withheld) => {
  const verdict = { passed: true, expected: 'e', found: 'f' };
  const report = score(checks, new Map(passing.split(' ').map((id) => [id, verdict])));
  expect(report.checks.find(({ id }) => id === 'a')?.withheld).toEqual(withheld);
});

test('a reason for which several checks are undecided is told once', () => {
  const down = { passed: false, undecided: true, expected: 'to be found out', found: 'nobody answers' } as const;
  const other = { ...down, found: 'no nc' };
  const { checks } = score(
    [check('a'), check('b'), check('c'), check('d'), check('e')],
    new Map<string, Verdict>([
      ['a', down],
      ['b', down],
      ['c', other],
      ['d', { passed: false, expected: 'e', found: 'nobody answers' }],
      ['e', down],
    ]),
  );
  expect(checks.map(({ found, undecided }) => [found, undecided])).toEqual([
    ['nobody answers', true],
    ['for the same reason as a', true],
    ['no nc', true],
    ['nobody answers', undefined],
    ['for the same reason as a', true],
  ]);
});

test('a report tells guards', () => {
  const verdicts = new Map([['g', { passed: true, expected: 'x', found: 'x' }]]);
  expect(score([check('a'), guard('g')], verdicts).checks.map((result) => result.guard)).toEqual([false, true]);
});

test('a report keeps the words', () => {
  const verdicts = new Map([['a', { passed: false, expected: 'x', found: 'y' }]]);
  expect(score([check('a', { because: 'why', serves: 2 })], verdicts).checks).toEqual([
    {
      id: 'a',
      says: 'a',
      guard: false,
      serves: 2,
      passed: false,
      points: 2,
      earned: 0,
      expected: 'x',
      found: 'y',
      because: 'why',
    },
  ]);
});
