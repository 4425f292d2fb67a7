import { expect, test } from 'vitest';
import { progressReport } from '../../../src/cli/progress/html/report.js';
import { progressJson } from '../../../src/cli/progress/progress-json.js';
import { historyOf } from '../../../src/labs/progress/history.js';
import type { Line } from '../../../src/ui/line/line.js';
import { examLines, triedLines } from '../../../src/ui/screens/progress-sections.js';
import { examOf, FACTS, graded, NOW, progressOf } from '../../labs/progress/practice.js';

const textOf = (line: Line): string => line.map(({ text }) => text).join('');
const LONG = 'context=arn:aws:eks:eu-central-1:123456789012:cluster/staging';
const history = historyOf(
  progressOf([graded('cka/dns', 3, 1, { cluster: 'kind' })], [{ ...examOf(80, 3), cluster: LONG }, examOf(70, 9)]),
  FACTS,
  NOW,
);

test('progress tells on which real cluster a lab and an exam were', () => {
  const shown = [...triedLines(history.labs, NOW, 120), ...examLines(history.exams, NOW, 100)].map(textOf);
  expect(shown).toEqual([
    expect.stringMatching(/cka\/dns .* {2}kind .*3\/6/),
    // Of a long name the end, for what comes after it has to be seen.
    expect.stringMatching(/ seed \d+ {2}…cluster\/staging .*80 %/),
    expect.stringMatching(/ seed \d+ {3,}.*70 %/),
  ]);
  const { labs, exams } = JSON.parse(progressJson('/home/you', history)) as Record<string, { cluster: unknown }[]>;
  expect([labs, exams].map((all) => all?.map(({ cluster }) => cluster))).toEqual([['kind'], [LONG, null]]);
  const report = progressReport(history, FACTS);
  expect(report).toContain('cka/dns, kind</span>');
  expect(report).toContain(`${LONG}</span>`);
});
