import { expect, test } from 'vitest';
import { EXAM_VERSION, type ExamHeader } from '../../../src/labs/exam/exam-entry.js';
import { examResult } from '../../../src/labs/exam/exam-result.js';
import { type ExamState, NEW_EXAM } from '../../../src/labs/exam/exam-state.js';

type Row = readonly [domain: string, weight: number, points: number, earned: number | undefined];

function headerOf(rows: readonly Row[], domains: readonly (readonly [string, number])[]): ExamHeader {
  return {
    kubedrill: 'exam',
    version: EXAM_VERSION,
    program: '1',
    blueprint: 'cka/mock',
    title: 'CKA mock exam',
    certification: 'cka',
    seed: '7',
    minutes: 120,
    passPercent: 66,
    coach: true,
    interruptions: 'pause',
    domains: domains.map(([name, weight]) => ({ name, weight })),
    tasks: rows.map(([domain, weight, points], index) => ({
      number: index + 1,
      lab: `cka/lab-${index + 1}`,
      seed: `7-${index + 1}`,
      weight,
      content: 'x',
      domain,
      minutes: 6,
      points,
    })),
    started: '2026-01-15T09:00:00.000Z',
  };
}

function resultOf(
  rows: readonly Row[],
  domains: readonly (readonly [string, number])[],
  state: Partial<ExamState> = {},
) {
  const opened = rows.flatMap(([, , , earned], index) => (earned === undefined ? [] : [index + 1]));
  return examResult({
    id: 'a',
    header: headerOf(rows, domains),
    state: { ...NEW_EXAM, openedAt: new Map(opened.map((number) => [number, 0])), ...state },
    ending: 'finished',
    earned: new Map(
      rows.flatMap(([, , total, points], index) => (points === undefined ? [] : [[index + 1, { points, total }]])),
    ),
    graded: '2026-01-15T11:00:00.000Z',
  });
}

const A_AND_B = [
  ['A', 60],
  ['B', 40],
] as const;

test.each<[string, readonly Row[], readonly (readonly [string, number])[], number, readonly (number | undefined)[]]>([
  [
    'everything',
    [
      ['A', 60, 3, 3],
      ['B', 40, 7, 7],
    ],
    A_AND_B,
    100,
    [100, 100],
  ],
  [
    'nothing opened',
    [
      ['A', 60, 3, undefined],
      ['B', 40, 7, undefined],
    ],
    A_AND_B,
    0,
    [0, 0],
  ],
  [
    'a task counts by its weight, whatever its points',
    [
      ['A', 60, 2, 1],
      ['B', 40, 20, 20],
    ],
    A_AND_B,
    70,
    [50, 100],
  ],
  [
    'tasks of a domain count by their weights',
    [
      ['A', 45, 1, 1],
      ['A', 15, 1, 0],
      ['B', 40, 4, 1],
    ],
    A_AND_B,
    55,
    [75, 25],
  ],
  ['a domain that nothing was asked of', [['A', 100, 4, 3]], A_AND_B, 75, [75, undefined]],
  [
    'thirds that come to a whole',
    [
      ['A', 33, 3, 3],
      ['A', 33, 3, 3],
      ['B', 33, 3, 3],
    ],
    A_AND_B,
    100,
    [100, 100],
  ],
  [
    '66 of 100 by sixths',
    [
      ['A', 60, 6, 6],
      ['B', 40, 20, 3],
    ],
    A_AND_B,
    66,
    [100, 15],
  ],
  [
    '65.9 is not 66',
    [
      ['A', 60, 6, 6],
      ['B', 40, 400, 59],
    ],
    A_AND_B,
    65,
    [100, 14],
  ],
  [
    'a task without points',
    [
      ['A', 60, 0, 0],
      ['B', 40, 4, 4],
    ],
    A_AND_B,
    40,
    [0, 100],
  ],
])('%s', (_, rows, domains, percent, byDomain) => {
  const result = resultOf(rows, domains);
  expect(result).toMatchObject({ percent, passPercent: 66, passed: percent >= 66 });
  expect(result.domains.map((domain) => domain.percent)).toEqual(byDomain);
  expect(result.domains.map(({ name, weight }) => [name, weight])).toEqual(domains);
});

test('says what was opened, flagged and noted, and how long each task was in front', () => {
  const rows: readonly Row[] = [
    ['A', 60, 3, 2],
    ['B', 40, 7, undefined],
  ];
  const result = resultOf(rows, A_AND_B, {
    elapsed: 65_900,
    spent: new Map([[1, 60_999]]),
    flagged: new Set([2]),
    notes: 'look at 2',
    resumed: 1,
  });
  expect(result).toMatchObject({
    id: 'a',
    blueprint: 'cka/mock',
    certification: 'cka',
    seed: '7',
    minutes: 120,
    seconds: 65,
    ending: 'finished',
    coach: true,
    interruptions: 'pause',
    resumed: 1,
    notes: 'look at 2',
    tasks: [
      { number: 1, lab: 'cka/lab-1', opened: true, points: 2, total: 3, seconds: 60, minutes: 6, flagged: false },
      { number: 2, lab: 'cka/lab-2', opened: false, points: 0, total: 7, seconds: 0, flagged: true },
    ],
  });
});
