import { expect, test } from 'vitest';
import { filesUnder } from './tree.js';

const ours = ['src', 'test', 'bench', 'scripts', 'content'].flatMap(filesUnder);

test('there are files to look at', () => {
  expect(ours.length).toBeGreaterThan(10);
});

test('nothing is called utils, helpers, common or misc', () => {
  const vague = /(?:^|\/)(?:utils?|helpers?|common|misc)(?:\.[^/]*)?(?:\/|$)/;
  expect(ours.filter((path) => vague.test(path))).toEqual([]);
});

test('source files and folders are kebab-case', () => {
  const kebab = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)+$/;
  const sources = ours.filter((path) => /\.(?:tsx?|mjs)$/.test(path));
  expect(sources.filter((path) => !kebab.test(path))).toEqual([]);
});
