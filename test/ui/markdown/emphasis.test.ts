import { describe, expect, test } from 'vitest';
import { inline } from '../../../src/ui/markdown/markdown.js';
import { valuesIn } from '../../../src/ui/markdown/values.js';
import { makeTheme } from '../../../src/ui/theme.js';

const shown = (text: string): string =>
  inline(text)
    .map((span) => (span.style === 'emphasis' ? `_${span.text}_` : span.text))
    .join('');

describe('what is stressed', () => {
  test.each([
    ['The policy *closed* forbids it.', 'The policy _closed_ forbids it.'],
    ['labels *and* are ready, *not* others', 'labels _and_ are ready, _not_ others'],
    ['says *missing request for cpu*.', 'says _missing request for cpu_.'],
    ['*All of it.* And more', '_All of it._ And more'],
    ['(*both*)', '(_both_)'],
    ['**shop** and *shop*', 'shop and _shop_'],
  ])('%s', (text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });
});

test.each([
  '*.yaml',
  '*.yaml and *.json',
  'a*b*c',
  '2 * 3 * 4',
  '/etc/*/x and /var/*/y',
  'chart-*-1 and chart-*-2',
  '*nothing ends it',
  '* alone *',
  'rm *a and *b',
])('no star of %s is an emphasis', (text) => {
  expect(shown(text)).toBe(text);
});

test('code keeps its stars', () => {
  expect(shown('`*.yaml` and `a*b*`')).toBe('*.yaml and a*b*');
});

test('what is stressed is no value, and without colours it is plain', () => {
  expect(valuesIn('The policy *closed* in **shop**')).toEqual(['shop']);
  expect(makeTheme('none').paint('emphasis', 'and')).toBe('and');
  expect(makeTheme('dark').paint('emphasis', 'and')).toBe('\x1b[4mand\x1b[24m');
});
