import { expect, test } from 'vitest';
import { readCluster } from '../../../src/cli/real/cluster-option.js';
import { run } from '../run.js';

test.each([
  [undefined, undefined],
  ['sim', undefined],
  ['kind', { kind: 'kind' }],
  ['context=prod', { kind: 'context', name: 'prod' }],
  ['context=a=b c', { kind: 'context', name: 'a=b c' }],
])('--cluster %s', (text, choice) => {
  expect(readCluster(text)).toEqual(choice);
});

test.each([
  ['kimd', /There is no cluster "kimd"; there are sim, kind and context=NAME.* Did you mean kind\?/],
  ['contxt=prod', /Did you mean context=NAME\?/],
  ['context', /which context\?/],
  ['context=', /which context\?/],
  ['Minikube', /there are sim, kind and context=NAME/],
])('--cluster %s is told what there is', (text, words) => {
  expect(() => readCluster(text)).toThrow(words);
});

test.each([
  [
    ['run', 'cka/drain-a-node', '--cluster', 'kind', '--from-base'],
    /--from-base and --editor are for simulated clusters/,
  ],
  [['shell', '--cluster', 'kind', '--on', 'node01'], /--on is for simulated clusters/],
  [['try', 'cka/drain-a-node', '--cluster', 'kond'], /Did you mean kind/],
  // No cluster is asked before.
  [
    ['try', 'ckad/fit-a-quota', '--cluster', 'context=nowhere', '--case', 'mistake: none'],
    /There is no case "mistake: none"/,
  ],
])('%j is refused with its reason', async (argv, words) => {
  const { code, stderr } = await run(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
});
