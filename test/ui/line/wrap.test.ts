import { expect, test } from 'vitest';
import { wrapLine } from '../../../src/ui/line/wrap.js';

test.each<[string, string, number, number, string[]]>([
  ['what fits stays', 'one two', 7, 0, ['one two']],
  ['breaks at a blank', 'one two three', 8, 0, ['one two', 'three']],
  ['further rows are set in', 'one two three', 12, 4, ['one two', '    three']],
  ['a word wider than the row is cut', 'abcdefgh', 3, 0, ['abc', 'def', 'gh']],
  [
    'blanks without room break the row, however short the next word is',
    'kube-dns      # look',
    14,
    0,
    ['kube-dns', '# look'],
  ],
  ['no row is made of blanks at the end', 'one two    ', 7, 0, ['one two']],
])('%s', (_, text, columns, indent, rows) => {
  expect(wrapLine([{ text }], columns, indent).map((row) => row.map((span) => span.text).join(''))).toEqual(rows);
});
