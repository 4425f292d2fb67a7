import { expect, test } from 'vitest';
import { byHand, resultLines } from '../../../src/cli/check/result-text.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import type { ProofFailure, ProofResult } from '../../../src/labs/proof/prove.js';
import { labOf } from '../../labs/lab-text.js';

const VARIANTS = `  minutes: 5
  variants:
    host: {prefix: cka, number: [1000, 9999]}
    cause:
      oneOf:
        - {fault: gone, answer: a b}
        - {fault: wrong, answer: a b}`;

const lab: Lab = labOf(['  minutes: 5', VARIANTS]);

const failure: ProofFailure = {
  lab: lab.id,
  seed: '1',
  draw: {},
  says: "mistake: isn't enough",
  expected: 'fails done and nothing else',
  found: 'kept (expected nothing; found a pod)',
  commands: ['k get nodes', 'k delete pod x'],
};

const result = (failures: readonly ProofFailure[], remembered = 0): ProofResult => ({
  lab: lab.id,
  hash: lab.hash,
  effort: undefined,
  notes: [],
  cases: 8,
  remembered,
  milliseconds: 0,
  slowest: { says: '', milliseconds: 0 },
  failures,
});

test('a failure says what was expected, what came of it, what was typed, and how to see it', () => {
  const failed = { command: 'k delete pod x', status: 1, output: 'Error from server (NotFound)\nmore\n' };
  const lines = resultLines(lab, result([{ ...failure, failed }]), 'whole');
  expect(lines.join('\n')).toBe(`✗ cka/small: 7 of 8 cases hold
    mistake: isn't enough
      expected   fails done and nothing else
      found      kept (expected nothing; found a pod)
      with       seed 1 {}
      failed     k delete pod x (exit code 1)
                 Error from server (NotFound)
                 more
      typed      k get nodes
                 k delete pod x
      by hand    kubedrill try cka/small --seed 1 --case 'mistake: isn'\\''t enough'
                 kubedrill preview cka/small --seed 1`);
});

test('the same failure of every case is told once', () => {
  const failures = [failure, failure, { ...failure, says: 'other' }];
  expect(resultLines(lab, result(failures), 'whole').filter((line) => /by hand/.test(line))).toHaveLength(2);
  expect(resultLines(lab, result(failures, 2), 'short')).toEqual(['✗ cka/small: 5 of 8 cases hold (2 proven before)']);
});

test.each<[string, Partial<Lab>, Partial<ProofFailure>, string]>([
  [
    'a lab outside of any folder, by its file',
    { file: '/my labs/x.yaml' },
    {},
    "try '/my labs/x.yaml' --seed 1 --case",
  ],
  ['one in a name space, by its id', { id: 'acme:cka/small', file: 'mine/x.yaml' }, {}, 'try acme:cka/small --seed'],
])('by hand: %s', (_, its, failed, holds) => {
  expect(byHand({ ...lab, ...its }, { ...failure, ...failed })[0]).toContain(holds);
});

test('by hand: of two causes one needs a word, and it is the field that tells them apart', () => {
  const lines = ['gone', 'wrong'].map((fault) =>
    byHand(lab, { ...failure, draw: { cause: { fault, answer: 'a b' } } }),
  );
  const named = lines.flat().filter((line) => line.includes('--cause'));
  expect(named).toEqual([
    expect.stringMatching(/^kubedrill try .* --cause cause=(gone|wrong) --case/),
    expect.stringMatching(/^kubedrill preview .* --cause cause=(gone|wrong)$/),
  ]);
});

test('by hand: where no world can be made nothing is played', () => {
  expect(byHand(lab, { ...failure, commands: [] })).toEqual([
    'kubedrill try cka/small --seed 1',
    'kubedrill preview cka/small --seed 1',
  ]);
});
