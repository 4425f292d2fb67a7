import { expect, test } from 'vitest';
import { reportJson, reportText } from '../../src/cli/report-text.js';

const REPORT = {
  points: 3,
  total: 5,
  passed: false,
  checks: [
    {
      id: 'a',
      says: 'It runs',
      guard: false,
      serves: 1,
      passed: true,
      points: 3,
      earned: 3,
      expected: 'e',
      found: 'f',
      because: 'b',
    },
    {
      id: 'b',
      says: '`k get po` finds **it**',
      guard: false,
      serves: 2,
      passed: false,
      points: 2,
      earned: 0,
      expected: 'x',
      found: 'y',
      because: 'So says `k`.',
    },
    {
      id: 'g',
      says: 'It is kept',
      guard: true,
      serves: undefined,
      passed: true,
      points: 0,
      earned: 0,
      expected: 'e',
      found: 'f',
      because: undefined,
    },
  ],
};

test('in words: a line for each check, and for a failed one what was expected, found, and why', () => {
  expect(reportText('A lab', REPORT)).toBe(`A lab  3 of 5 points

 ✓ 3/3   It runs
 ✗ 0/2   k get po finds it
           expected   x
           found      y
           because    So says k.
 ✓ guard It is kept`);
});

test('try --json has a shape that stays', () => {
  expect(JSON.parse(JSON.stringify(reportJson('cka/a', '7', REPORT)))).toEqual({
    lab: 'cka/a',
    seed: '7',
    points: 3,
    total: 5,
    passed: false,
    checks: [
      { id: 'a', says: 'It runs', points: 3, earned: 3, expected: 'e', found: 'f' },
      { id: 'b', says: '`k get po` finds **it**', points: 2, earned: 0, expected: 'x', found: 'y' },
      { id: 'g', says: 'It is kept', points: 0, earned: 0, expected: 'e', found: 'f' },
    ],
  });
});
