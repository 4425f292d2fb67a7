import { describe, expect, test } from 'vitest';
import { dayOf } from '../../../src/labs/progress/calendar.js';
import type { PracticeDay } from '../../../src/labs/progress/practice-days.js';
import { bar } from '../../../src/ui/charts/bar.js';
import { scoreChart } from '../../../src/ui/charts/score-chart.js';
import { weekCalendar } from '../../../src/ui/charts/week-calendar.js';
import { type Line, lineWidth } from '../../../src/ui/line/line.js';
import { historyLines } from '../../../src/ui/screens/progress-lines.js';
import { NOW } from '../../labs/progress/practice.js';
import { HISTORY, NO_HISTORY } from '../fake-history.js';

/** 10 March 2026, a Tuesday. */
const TODAY = dayOf(NOW);
const text = (lines: readonly Line[]): string[] =>
  lines.map((line) =>
    line
      .map((span) => span.text)
      .join('')
      .trimEnd(),
  );
const day = (ago: number, share: number | undefined, minutes = 10): PracticeDay => ({
  day: TODAY - ago,
  attempts: share === undefined ? 0 : 1,
  exams: 0,
  lessons: 0,
  cards: 0,
  seconds: minutes * 60,
  share,
});

test.each<[share: number, drawn: string]>([
  [0, '░░░░░'],
  [0.01, '█░░░░'],
  [0.5, '███░░'],
  [0.99, '████░'],
  [1, '█████'],
  [7, '█████'],
])('a bar of %s', (share, drawn) => {
  expect(text([bar(share, 5)])).toEqual([drawn]);
});

describe('scores', () => {
  test.each<[what: string, days: readonly PracticeDay[], columns: number, drawn: readonly string[]]>([
    ['none', [day(3, undefined)], 40, []],
    ['one day', [day(0, 0.5)], 40, [' 100 %', '  50 % ▄▄▄', '   0 % ███', '       10 Mar']],
    [
      'wide bars, and nothing is seen too',
      [day(9, 0), day(3, 0.5), day(0, 1)],
      40,
      [' 100 %         ███', '  50 %     ▄▄▄ ███', '   0 % ▁▁▁ ███ ███', '       1 Mar – 10 Mar'],
    ],
    [
      'narrow bars',
      [5, 4, 3, 2, 1, 0].map((ago) => day(ago, ago / 5)),
      16,
      [' 100 % █▃', '  50 % ██▆▂', '   0 % ████▅▁', '       5 Mar – 10 Mar'],
    ],
    [
      'more days than columns: neighbours share a bar, the last ones are whole',
      [1, 0, 0, 1, 1, 1, 1].map((share, index) => day(6 - index, share)),
      12,
      [' 100 % █ ██', '  50 % █ ██', '   0 % █▁██', '       4 Mar – 10 Mar'],
    ],
  ])('%s', (_, days, columns, drawn) => {
    expect(text(scoreChart(days, columns, 3))).toEqual(drawn);
  });
});

describe('weeks', () => {
  test('signs by how long it was, the present week last, days to come blank', () => {
    const days = [day(21, 1, 100), day(8, 1, 60), day(7, 1, 30), day(1, 1, 14), day(0, undefined, 0)];
    expect(text(weekCalendar(days, TODAY, 70))).toEqual([
      '        Jan     Feb     Mar',
      ' Mon  · · · · · · · · · · ▓ ░',
      '      · · · · · · · · █ · ▒ ░',
      ' Wed  · · · · · · · · · · ·',
      '      · · · · · · · · · · ·',
      ' Fri  · · · · · · · · · · ·',
      '      · · · · · · · · · · ·',
      ' Sun  · · · · · · · · · · ·',
      '      · nothing  ░ below 15 min  ▒ below 45  ▓ below 90  █ more',
    ]);
  });

  test.each([20, 60, 80, 200])('%s columns are enough', (columns) => {
    const lines = weekCalendar([day(900, 1), day(0, 1)], TODAY, columns);
    expect(lines).toHaveLength(9);
    expect(lines.slice(0, 8).filter((line) => lineWidth(line) > columns)).toEqual([]);
  });
});

describe('the whole', () => {
  test.each([
    [60, 20],
    [80, 24],
    [100, 30],
    [140, 45],
    [200, 60],
  ])('is no wider than %s columns, and has all its parts', (columns, rows) => {
    const lines = historyLines(HISTORY, { columns, rows });
    expect(lines.filter((line) => lineWidth(line) > columns)).toEqual([]);
    const all = text(lines).join('\n');
    for (const part of [
      'What to do next',
      'CKA',
      'Score by day practised',
      'Days practised',
      'Exams',
      'Labs tried',
      'Task types tried',
    ])
      expect(all).toContain(part);
  });

  test('the weakest domain has a sign that needs no colour', () => {
    const lines = text(historyLines(HISTORY, { columns: 80, rows: 24 }));
    expect(lines.filter((line) => line.startsWith(' ! '))).toEqual([
      expect.stringMatching(/^ ! Troubleshooting/),
      ' ! where most of the exam is not mastered yet',
    ]);
  });

  test('a certification that was chosen is shown alone', () => {
    const lines = text(historyLines(HISTORY, { columns: 80, rows: 24 }, 'ckad')).join('\n');
    expect(lines).toContain(' CKAD ');
    expect(lines).not.toMatch(/^ CKA |CKA mock exam|cka\/drain-a-node +\d/m);
  });

  test('who has done nothing yet is told where to begin', () => {
    expect(text(historyLines(NO_HISTORY, { columns: 80, rows: 24 }))[1]).toMatch(/^ 1 {2}Names do not resolve/);
  });
});
