import { expect, test } from 'vitest';
import { spoken, spokenLines } from '../../../src/ui/linear/spoken.js';

test.each([
  [' ✓ 3/3  1  Service names resolve', 'passed 3/3, 1, Service names resolve'],
  [' ✗ 0/2  2  The cause is named', 'failed 0/2, 2, The cause is named'],
  [' ▸ –  4  Names do not resolve     4/6', 'partly, 4, Names do not resolve, 4/6'],
  ['   Troubleshooting    30 %   ███████░░░░░░░░    6 of 14', 'Troubleshooting, 30 %, 6 of 14'],
  ['     ●●○○○  fix-coredns      7 min    –', 'difficulty 2 of 5, fix-coredns, 7 min'],
  [' the pods in shop¹ and /opt/x²', 'the pods in shop (1) and /opt/x (2)'],
  ['──────────', ''],
  [' 12  cka2100   ⚑ flagged', '12 cka2100, flagged'],
  [' [x] get', 'taken get'],
])('%s is heard as: %s', (shown, heard) => {
  expect(spoken([{ text: shown }])).toBe(heard);
});

test('what only draws is left out, and nothing is said twice in a row', () => {
  const lines = [' a', '', ' ━━━━', ' a', ' b'].map((text) => [{ text }]);
  expect(spokenLines(lines)).toEqual(['a', 'a', 'b']);
});

test.each([
  ['a command', [{ text: '   k set serviceaccount deploy caretaker caretaker  # look', style: 'code' }]],
  ['a line of a manifest', [{ text: '    - · two  blanks ✓', style: 'code' }]],
] as const)('%s is heard as it is written', (_, line) => {
  expect(spoken(line)).toBe(line[0].text);
});

test('code in a sentence is heard as it is written, the sentence in words', () => {
  const line = [{ text: ' ✓ Type  ' }, { text: 'sleep sleep  5', style: 'code' }, { text: ' now' }] as const;
  expect(spoken(line)).toBe('passed Type, sleep sleep  5 now');
});

test('equal lines of code are all heard', () => {
  const done = [{ text: 'done', style: 'code' }] as const;
  expect(spokenLines([done, done])).toEqual(['done', 'done']);
});
