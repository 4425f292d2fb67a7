import { expect, test } from 'vitest';
import { cutPair } from '../../src/checker/cut.js';

const long = 'a'.repeat(250);

test.each<[string, string, string, string, string]>([
  ['short texts stay', 'x', 'y', 'x', 'y'],
  ['lines become one', 'a\nb', 'a\r\nc', 'a⏎b', 'a⏎c'],
  ['a long text is cut', long, 'b', `${'a'.repeat(200)}…`, 'b'],
  ['of 200 characters nothing is cut', 'a'.repeat(200), 'b', 'a'.repeat(200), 'b'],
  ['texts that part late begin there', `${long}x`, `${long}yz`, `…${'a'.repeat(30)}x`, `…${'a'.repeat(30)}yz`],
  ['texts that part early begin at the start', `b${long}`, `c${long}`, `b${'a'.repeat(199)}…`, `c${'a'.repeat(199)}…`],
  ['what is the same is cut at its end', long, long, `${'a'.repeat(200)}…`, `${'a'.repeat(200)}…`],
])('%s', (_, expected, found, shownExpected, shownFound) => {
  expect(cutPair(expected, found)).toEqual({ expected: shownExpected, found: shownFound });
});
