import { expect, test } from 'vitest';
import { effortOf, effortText, minutesAreOff } from '../../../src/labs/proof/effort.js';
import { instanceOf } from '../lab-text.js';

const SOLUTION = '        k cordon node01\n';

test.each<[string, string, string]>([
  ['one command', SOLUTION, '1 command, 0 looks, 0 edited lines: about 2 minutes'],
  ['a look', `        k get no # look\n${SOLUTION}`, '1 command, 1 look, 0 edited lines: about 2 minutes'],
  [
    'lines of a here-document and keys are edits',
    `        k apply -f - <<'EOF'\n        a: b\n        EOF\n        vi x\n        keys: iab<Esc>:wq<Enter>\n`,
    '2 commands, 0 looks, 3 edited lines: about 3 minutes',
  ],
])('%s', (_, script, text) => {
  expect(effortText(effortOf(instanceOf([SOLUTION, script])))).toBe(text);
});

test.each([
  [1, false],
  [3, false],
  [5, true],
])('%d minutes for one command is off: %s', (minutes, off) => {
  const instance = instanceOf(['minutes: 5', `minutes: ${minutes}`]);
  expect(minutesAreOff(instance, effortOf(instance))).toBe(off);
});

test('minutes far too few are off', () => {
  const instance = instanceOf(['minutes: 5', 'minutes: 1'], [SOLUTION, SOLUTION.repeat(20)]);
  expect(minutesAreOff(instance, effortOf(instance))).toBe(true);
});

test('what is harder takes longer', () => {
  const easy = effortOf(instanceOf());
  const hard = effortOf(instanceOf(['difficulty: 1', 'difficulty: 5']));
  expect(hard.minutes / easy.minutes).toBeCloseTo(2.2);
});
