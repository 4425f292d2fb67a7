import { expect, test } from 'vitest';
import { lastLine } from '../../src/checker/words.js';

test.each([
  ['', ''],
  ['one', 'one'],
  ['one\ntwo\n', 'two'],
  [' one \n two \n', 'two'],
  ['one\n\n', 'one'],
  ['one \n \n', 'one'],
])('the last line of %j is %j', (text, line) => {
  expect(lastLine(text)).toBe(line);
});
