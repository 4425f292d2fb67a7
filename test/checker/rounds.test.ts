import { expect, test } from 'vitest';
import { inRounds, leastSpoiltFirst } from '../../src/checker/rounds.js';
import type { Check } from '../../src/checker/rubric.js';

const look = { gone: { apiVersion: 'v1', kind: 'Pod', name: 'x' } };
const probe = { resolve: { from: { host: 'node01' }, names: ['x'] } };
const script = { script: { host: 'node01', run: './it' } };
const requests = { requests: { from: { host: 'node01' }, url: 'http://shop', count: 2 } };
const later = { before: [{ advance: '5m' }] };
const check = (id: string, ...more: object[]): Check => Object.assign({ id, says: id }, ...more) as Check;
const ids = (checks: readonly Check[]): string => checks.map(({ id }) => id).join(' ');

test.each<[string, readonly Check[], string, readonly string[]]>([
  ['those that look come before those that make pods', [check('a', probe), check('b', look)], 'b a', []],
  ['a group is what its parts are', [check('a', { any: [look, probe] }), check('b', look)], 'b a', []],
  ['a group of scripts acts', [check('a', { all: [look, { any: [probe, script] }] }), check('b', look)], 'b', ['a']],
  [
    'whether requests act, they say',
    [
      check('a', requests),
      check('b', { requests: { ...requests.requests, meanwhile: [{ run: 'true' }] } }),
      check('c', look),
    ],
    'c a',
    ['b'],
  ],
  ['a script has a copy to itself', [check('a', script), check('b', script)], '', ['a', 'b']],
  ['what acts alike shares a copy', [check('a', later, probe), check('b', later, look)], '', ['b a']],
  [
    'what acts otherwise does not',
    [check('a', later, look), check('b', look, { before: [{ advance: '6m' }] })],
    '',
    ['a', 'b'],
  ],
  ['a script that acts first shares none', [check('a', later, look), check('b', later, script)], '', ['a', 'b']],
])('%s', (_, checks, still, acting) => {
  const rounds = inRounds(checks);
  expect(ids(rounds.still)).toBe(still);
  expect(rounds.acting.map(ids)).toEqual(acting);
});

/** In which order rounds act on one cluster. */
test.each<[string, readonly (readonly Check[])[], readonly string[]]>([
  ['time passes first, then commands ask', [[check('a', script)], [check('b', later, look)]], ['b', 'a']],
  [
    'a script of a group is one',
    [[check('a', { all: [look, script] })], [check('b', later, look)], [check('c', { any: [probe, script] })]],
    ['b', 'a', 'c'],
  ],
  [
    'what makes objects comes after them, root and restarts last',
    [
      [check('a', look, { before: [{ reboot: 'node01' }] })],
      [check('b', { script: { host: 'node01', as: 'root', run: './it' } })],
      [check('c', look, { before: [{ run: 'x' }, { advance: '5s' }] })],
      [check('d', look, { before: [{ run: 'x', as: 'root' }] })],
      [check('e', { requests: { ...requests.requests, meanwhile: [{ run: 'x' }] } })],
      [check('f', script)],
    ],
    ['f', 'c', 'e', 'b', 'd', 'a'],
  ],
  [
    'of a round the worst counts',
    [
      [check('a', later, look), check('b', later, { requests: { ...requests.requests, meanwhile: [{ run: 'x' }] } })],
      [check('c', script)],
    ],
    ['c', 'a b'],
  ],
])('%s', (_, rounds, order) => {
  expect(leastSpoiltFirst(rounds).map(ids)).toEqual(order);
});
