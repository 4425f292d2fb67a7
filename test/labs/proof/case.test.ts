import { expect, test } from 'vitest';
import { briefCases, glanceCases, proofCases } from '../../../src/labs/proof/case.js';
import { instanceOf } from '../lab-text.js';

const typed = (instance: ReturnType<typeof instanceOf>): [string, string, string[]][] =>
  proofCases(instance).map(({ says, expects, steps }) => [says, expects.kind, steps.flatMap(({ lines }) => lines)]);

test('everything that must be so of a lab is a case', () => {
  const instance = instanceOf(
    [
      '        k cordon node01\n',
      '        k get no   # look\n        k cordon node01\n    - id: two\n      script: k drain node01\n',
    ],
    [
      '  mistakes:\n',
      `  alternatives: [{says: by hand, script: k taint no node01 a:NoSchedule}]
  mistakes:
    - {says: half, after: [two], script: k get po, fails: [done]}
    - {says: undoes, after: solution, script: k uncordon node01, fails: [done]}
    - {says: spoils, after: solution, script: k run intruder, fails: [kept]}
`,
    ],
  );
  const [look, cordon, drain] = ['k get no', 'k cordon node01', 'k drain node01'];
  expect(typed(instance)).toEqual([
    ['untouched earns nothing', 'nothing', []],
    ['the solution earns everything', 'everything', [look, cordon, drain]],
    ['the solution without its `# look` lines earns everything', 'everything', [cordon, drain]],
    ['alternative: by hand', 'everything', ['k taint no node01 a:NoSchedule']],
    ['mistake: half', 'fails', [drain, 'k get po']],
    ['mistake: undoes', 'fails', [look, cordon, drain, 'k uncordon node01']],
    ['mistake: spoils', 'fails', [cordon, drain, 'k run intruder']],
    ['mistake: forgets', 'fails', ['k get nodes']],
    ['without `k cordon node01` points are lost', 'less', [drain]],
    ['without `k drain node01` points are lost', 'less', [cordon]],
  ]);
});

test('a glance at a lab types what a brief proof types, and asks no check that acts of an untouched world', () => {
  const instance = instanceOf();
  const [untouched, solved] = briefCases(instance);
  expect(glanceCases(instance)).toEqual([{ ...untouched, expects: { kind: 'nothing', looking: true } }, solved]);
});
