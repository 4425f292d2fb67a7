import { expect, test } from 'vitest';
import type { CheckResult } from '../../../src/checker/rubric.js';
import type { Expected } from '../../../src/labs/proof/case.js';
import { judgeCase } from '../../../src/labs/proof/judge.js';

const check = (id: string, more: Partial<CheckResult>): CheckResult => ({
  id,
  says: id,
  guard: false,
  serves: 1,
  passed: false,
  points: 2,
  earned: 0,
  expected: 'e',
  found: `${id} was found`,
  because: undefined,
  ...more,
});
const failed = check('a', {});
const earned = check('b', { passed: true, earned: 2 });
const held = check('g', { guard: true, passed: true, points: 0 });
const broken = check('g', { guard: true, points: 0 });
const unasked = check('g', { guard: true, points: 0, undecided: true });

const nothing: Expected = { kind: 'nothing' };
const glance: Expected = { kind: 'nothing', looking: true };

test.each<[string, Expected, readonly CheckResult[], string | undefined]>([
  ['untouched earns nothing', nothing, [failed, held], undefined],
  ['untouched earns points', nothing, [failed, earned, held], 'b earn 2'],
  ['a guard fails untouched', nothing, [failed, broken], 'g was found'],
  ['a guard is undecided untouched', nothing, [failed, unasked], 'g was found'],
  ['at a glance nothing is earned', glance, [failed, held], undefined],
  ['at a glance points are earned', glance, [failed, earned], 'b earn 2'],
  ['at a glance a guard fails', glance, [failed, broken], 'g was found'],
  ['at a glance a guard that acts is not asked', glance, [failed, unasked], undefined],
  ['a part of the points is less', { kind: 'less' }, [failed, earned], undefined],
  ['all points are not less', { kind: 'less' }, [earned], 'everything: the line is idle; mark it # look or drop it'],
  ['a mistake fails what it says', { kind: 'fails', ids: ['a'] }, [failed, earned], undefined],
  [
    'a mistake fails more',
    { kind: 'fails', ids: ['a'] },
    [failed, broken],
    'a (expected e; found a was found); g (expected e; found g was found)',
  ],
  ['a mistake fails nothing', { kind: 'fails', ids: ['a'] }, [earned], 'everything passes'],
  ['everything is earned', { kind: 'everything' }, [earned, held], undefined],
  ['not everything is earned', { kind: 'everything' }, [failed, earned], '2 points: a (expected e; found a was found)'],
])('%s', (_, expects, checks, found) => {
  const points = checks.reduce((sum, one) => sum + one.earned, 0);
  const total = checks.reduce((sum, one) => sum + one.points, 0);
  const report = { points, total, passed: checks.every(({ passed }) => passed), checks };
  const seen = { report, crashes: [], interrupted: [] };
  expect(judgeCase({ says: '', steps: [], expects }, seen)?.found).toBe(found);
});

test('a program of ours that breaks, and a line that never ends, spoil what would hold', () => {
  const report = { points: 2, total: 2, passed: true, checks: [earned] };
  const whole = { says: '', steps: [], expects: { kind: 'everything' } } as const;
  const crash = { host: 'node01', command: 'ip', message: 'no such field' };
  expect(judgeCase(whole, { report, crashes: [crash], interrupted: [] })?.found).toBe('ip on node01: no such field');
  expect(judgeCase(whole, { report, crashes: [], interrupted: ['cat '] })?.found).toBe(
    '`cat` was interrupted after a quarter of an hour',
  );
});
