import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeRun } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';

const script = (more: object): Subject => ({ script: { host: 'node01', run: './count', ...more } });

test.each<[object, object, string]>([
  [{}, {}, '✓ exit code 0 / exit code 0'],
  [{}, { code: 2, stderr: 'a\nno such thing\n' }, '✗ exit code 0 / exit code 2: no such thing'],
  [{ code: 2 }, { code: 2 }, '✓ exit code 2 / exit code 2'],
  [{ code: 2 }, { code: 0 }, '✗ exit code 2 / exit code 0'],
  [{}, { code: 124 }, '✗ exit code 0 / exit code 124 (30 s were over)'],
  [{ timeout_seconds: 5 }, { code: 124, stderr: 'x' }, '✗ exit code 0 / exit code 124 (5 s were over): x'],
  [{ output: { equals: 'x' } }, { stdout: ' x\n' }, '✓ x / x'],
  [{ output: { atLeast: 3 } }, { stdout: '2\n' }, '✗ at least 3 / 2'],
  [{ output: { equals: 'x' } }, { code: 1, stdout: 'x' }, '✗ exit code 0 / exit code 1'],
  [{ output: [{ contains: 'a' }, { contains: 'b' }] }, { stdout: 'a b' }, '✓ contains b / a b'],
  [{ output: [{ contains: 'a' }, { contains: 'b' }] }, { stdout: 'b' }, '✗ contains a / b'],
  [{ output: [{ contains: 'a' }, { contains: 'b' }] }, { stdout: 'a' }, '✗ contains b / a'],
  [{ errors: { equals: '' } }, { stderr: '' }, '✓ stderr: "" / stderr: ""'],
  [{ errors: { equals: '' } }, { stderr: 'warning\n' }, '✗ stderr: "" / stderr: warning'],
  [{ output: { equals: 'x' } }, { stdout: '' }, '✗ x / ""'],
  [{ output: { equals: 'x' }, errors: { contains: 'w' } }, { stdout: 'y', stderr: 'w' }, '✗ x / y'],
])('%j: %j: %s', async (more, outcome, says) => {
  const { result, cluster } = await judged(script(more), { run: () => outcome });
  expect(`${result.passed ? '✓' : '✗'} ${result.expected} / ${result.found}`).toBe(says);
  expect(cluster.runs).toEqual(['candidate@cka1-node1: bash -c ./count']);
});

test.each<[object, string, object]>([
  [{}, 'candidate@cka1-node1', { timeoutSeconds: 30 }],
  [{ as: 'root', timeout_seconds: 7 }, 'cka1-node1', { timeoutSeconds: 7 }],
  [{ stdin: 'yes\n' }, 'candidate@cka1-node1', { timeoutSeconds: 30, stdin: 'yes\n' }],
])('%j is run as %s with %j', async (more, who, options) => {
  const given: unknown[] = [];
  const run: FakeRun = (by, _, how) => {
    given.push(by, how);
    return {};
  };
  await saying(script(more), { run });
  expect(given).toEqual([who, options]);
});

test.each<[object, string]>([
  [{ output: { equals: 1, contains: 2 } }, '/script/output/contains: stands beside equals; a check has one condition'],
  [{ errors: [{ equals: '' }, { matches: '(' }] }, '/script/errors/1/matches: missing closing ): `(`'],
  [{ output: { equals: 1 } }, ''],
])('lint %j: %s', (more, says) => {
  const problems: string[] = [];
  lintSubject(script(more), '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
