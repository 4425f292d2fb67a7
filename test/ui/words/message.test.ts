import { describe, expect, test } from 'vitest';
import { fillMessage, namesIn, parseMessage } from '../../../src/ui/words/message.js';

function said(message: string, values: Record<string, string | number> = {}, tag = 'en'): string {
  const rules = new Intl.PluralRules(tag);
  return fillMessage(parseMessage(message), values, (count) => rules.select(count))
    .map((piece) => (typeof piece === 'string' ? piece : String(piece.value)))
    .join('');
}

const TASKS = '{count, plural, =0 {nothing} one {# task} other {# tasks}} left';

describe('a message', () => {
  test.each<[string, Record<string, string | number>, string]>([
    ['Nothing in it', {}, 'Nothing in it'],
    ['', {}, ''],
    ['on {host}, again {host}', { host: 'cka1' }, 'on cka1, again cka1'],
    ['on { host }', { host: 'cka1' }, 'on cka1'],
    [TASKS, { count: 0 }, 'nothing left'],
    [TASKS, { count: 1 }, '1 task left'],
    [TASKS, { count: 17 }, '17 tasks left'],
    ['{n, plural, one {{who} has # card} other {{who} has # cards}}', { n: 2, who: 'Ann' }, 'Ann has 2 cards'],
    ['{a, plural, other {{b, plural, one {#} other {# of}} #}}', { a: 3, b: 2 }, '2 of 3'],
    ['# stays outside', {}, '# stays outside'],
    ["the lab's {name}", { name: 'x' }, "the lab's x"],
    ["'{'name'}' it''s", {}, "{name} it's"],
    ["{n, plural, other {'#' #}}", { n: 4 }, '# 4'],
    ["a quote that '{does not end", {}, 'a quote that {does not end'],
    ['a value with {braces}', { braces: '{x} # %s' }, 'a value with {x} # %s'],
    ['what {lacks} is seen', {}, 'what {lacks} is seen'],
  ])('%j', (message, values, text) => {
    expect(said(message, values)).toBe(text);
  });

  test.each([
    [1, '1 zadanie'],
    [3, '3 zadania'],
    [5, '5 zadań'],
    [22, '22 zadania'],
  ])('has the plurals of its language: %i', (count, text) => {
    const message = '{count, plural, one {# zadanie} few {# zadania} many {# zadań} other {# zadania}}';
    expect(said(message, { count }, 'pl')).toBe(text);
  });

  test('names its values, those in plurals too', () => {
    expect([...namesIn(parseMessage('{a} {n, plural, one {{b}} other {# {c}}}'))]).toEqual(['a', 'n', 'b', 'c']);
  });
});

test.each([
  ['{', 'has {}, which is no name'],
  ['{}', 'has {}, which is no name'],
  ['{1st}', 'has {1st}, which is no name'],
  ['{a b}', 'has {a b}, which is no name'],
  ['{name', 'has a { without its }, before name'],
  ['name}', 'has a } without its {'],
  ['{n, number}', 'has {n, number}; only plural is known'],
  ['{n, plural, one {x}}', 'has a plural of n without the form "other"'],
  ['{n, plural, some {x} other {y}}', 'has a plural of n with "some", which is no form'],
  ['{n, plural, other {x}', 'has a plural of n that does not end'],
  ['{n, plural, other {x', 'has a plural of n that does not end'],
  ['{n, plural,', 'has a plural of n that does not end'],
  [`${'{n, plural, other {'.repeat(9)}x${'}}'.repeat(9)}`, 'has plurals in plurals, more than 4 deep'],
])('%j is refused', (message, why) => {
  expect(() => parseMessage(message)).toThrow(why);
});
