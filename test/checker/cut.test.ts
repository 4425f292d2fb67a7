import { expect, test } from 'vitest';
import { cutPair } from '../../src/checker/cut.js';

const long = 'a'.repeat(250);
const half = 'a'.repeat(100);
const lead = 'a'.repeat(30);
const same60 = 'a'.repeat(60);

test.each<[string, string, string, string, string]>([
  ['short texts stay', 'x', 'y', 'x', 'y'],
  ['lines become one', 'a\nb', 'a\r\nc', 'a⏎b', 'a⏎c'],
  ['a long text is cut', long, 'b', `${'a'.repeat(200)}…`, 'b'],
  ['of 200 characters nothing is cut', 'a'.repeat(200), 'b', 'a'.repeat(200), 'b'],
  ['texts that part late begin there', `${long}x`, `${long}yz`, `…${'a'.repeat(30)}x`, `…${'a'.repeat(30)}yz`],
  ['texts that part early begin at the start', `b${long}`, `c${long}`, `b${'a'.repeat(199)}…`, `c${'a'.repeat(199)}…`],
  ['of two short texts nothing is cut, however late they part', `${half}x`, `${half}y`, `${half}x`, `${half}y`],
  [
    'nor of two of 200 characters',
    `${'a'.repeat(199)}x`,
    `${'a'.repeat(199)}y`,
    `${'a'.repeat(199)}x`,
    `${'a'.repeat(199)}y`,
  ],
  ['one long text is enough', `${half}x`, `${half}y${long}`, `…${lead}x`, `…${lead}y${'a'.repeat(169)}…`],
  ['nor does it matter which', `${half}y${long}`, `${half}x`, `…${lead}y${'a'.repeat(169)}…`, `…${lead}x`],
  [
    'a start of 60 that is the same stays',
    `${same60}b${long}`,
    `${same60}c`,
    `${same60}b${'a'.repeat(139)}…`,
    `${same60}c`,
  ],
  ['one of 61 is left out', `a${same60}b${long}`, `a${same60}c`, `…${lead}b${'a'.repeat(169)}…`, `…${lead}c`],
  ['what is the same is cut at its end', long, long, `${'a'.repeat(200)}…`, `${'a'.repeat(200)}…`],
])('%s', (_, expected, found, shownExpected, shownFound) => {
  expect(cutPair(expected, found)).toEqual({ expected: shownExpected, found: shownFound });
});
