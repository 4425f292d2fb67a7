import { expect, test } from 'vitest';
import { minutesOver } from '../../../src/ui/desks/exam-pace.js';
import { openedExam } from '../../../src/ui/store/exam-state.js';
import { EXAM } from '../fake-exam.js';

/** Task 1 has 4 % of 120 minutes, that is 4:48; task 2 and 3 have 8 %, 9:36. */
test.each<[string, Record<number, number>, number, number[], number[], number]>([
  ['nothing has happened', {}, 1, [1], [], 0],
  ['the one in front has saved nothing yet', { 1: 60 }, 1, [1], [], 0],
  ['it is over by two minutes', { 1: 288 + 130 }, 1, [1], [], 2],
  ['one left early has saved the rest', { 1: 100, 2: 10 }, 2, [1, 2], [], -3],
  ['unless it was only looked at', { 1: 60, 2: 10 }, 2, [1, 2], [], 0],
  ['or is flagged', { 1: 100, 2: 10 }, 2, [1, 2], [1], 0],
  ['a flagged one that took too long took too long', { 1: 288 + 130, 2: 10 }, 2, [1, 2], [1], 2],
  ['early and late come to a sum', { 1: 90, 2: 576 + 360, 3: 0 }, 3, [1, 2, 3], [], 2],
])('%s', (_, spent, current, opened, flagged, minutes) => {
  const exam = openedExam(EXAM, { current, opened, flagged, notes: '' });
  expect(minutesOver(exam, (number) => spent[number] ?? 0)).toBe(minutes);
});
