import { describe, expect, test } from 'vitest';
import { filesUnder, textOf } from './tree.js';

/** What must not be in a file that others read; written in pieces so that this file does not contain it. */
const forbidden: readonly { what: string; pattern: RegExp }[] = [
  { what: 'a path of one machine', pattern: new RegExp('/wo' + 'rk/|/tmp/te' + 'am|/home/[a-z]+/src', 'g') },
  {
    what: 'the address of a package registry',
    pattern: new RegExp(
      [
        'registry\\.npm' + 'js',
        'registry\\.yarn' + 'pkg',
        'proxy\\.go' + 'lang',
        'pypi\\.o' + 'rg',
        'repo1?\\.mav' + 'en',
      ].join('|'),
      'g',
    ),
  },
  {
    what: 'a tool of the workshop',
    pattern: new RegExp('\\b(?:cla' + 'ude|anthro' + 'pic|chat' + 'gpt|copi' + 'lot)\\b', 'gi'),
  },
];

/** The forbidden words of a text. */
function wordsIn(text: string): string[] {
  return forbidden.flatMap(({ what, pattern }) => [...text.matchAll(pattern)].map(([found]) => `${what}: ${found}`));
}

describe('the rule finds what it looks for', () => {
  test.each([
    ['see /wo' + 'rk/main/src', 1],
    ['https://registry.npm' + 'js.org/react', 1],
    ['with Cla' + 'ude', 1],
    ['docker.io, registry.k8s.io and a worker at work', 0],
  ])('%s', (text, count) => {
    expect(wordsIn(text)).toHaveLength(count);
  });
});

test('no file speaks of the machine or the shop it was made in', () => {
  const files = filesUnder('');
  expect(files).toContain('package.json');
  const found = files.flatMap((path) => wordsIn(textOf(path) ?? '').map((words) => `${path}: ${words}`));
  expect(found).toEqual([]);
});
