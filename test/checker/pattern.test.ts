import { expect, test } from 'vitest';
import { readPattern } from '../../src/checker/pattern.js';

test.each<[string, string, string | undefined]>([
  ['^b', 'a\nb', 'b'],
  ['a(b)?(c)', 'abc', 'b'],
  ['a(b)?c', 'ac', undefined],
  ['a+', 'xaa', 'aa'],
  ['a', 'b', undefined],
])('the first of %s in %j is %s', (pattern, text, first) => {
  expect(readPattern(pattern).first?.(text)).toBe(first);
});

test.each<[string, RegExp | undefined]>([
  ['a'.repeat(1000), undefined],
  ['a'.repeat(1001), /^the pattern has 1001 characters; it may have 1000$/],
  ['(?=a)', /^looking ahead or behind and references back/],
  ['(a)\\1', /^looking ahead or behind and references back/],
  ['(a', /^missing closing \): `\(a`$/],
])('a pattern and what is wrong with it %#', (pattern, problem) => {
  const found = readPattern(pattern).problem;
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(problem);
});
