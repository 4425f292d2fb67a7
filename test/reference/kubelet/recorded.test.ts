import { expect, it } from 'vitest';
import { readKubelet } from './compare.js';
import { KNOWN_DIFFERENCES } from './known-differences.js';
import { SCENARIOS } from './scenarios/register.js';

const titles = SCENARIOS.map(({ title }) => title);

it('has every scenario of a kubelet recorded once', () => {
  expect([...readKubelet().told.keys()]).toEqual(titles);
  expect(new Set(titles).size).toBe(titles.length);
});

it('excuses only scenarios that there are', () => {
  expect(Object.keys(KNOWN_DIFFERENCES).filter((title) => !titles.includes(title))).toEqual([]);
});
