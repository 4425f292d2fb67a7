import { expect, test } from 'vitest';
import { grade, noteBaseline } from '../../src/checker/grade.js';
import type { Check } from '../../src/checker/rubric.js';
import { FakeCluster } from './fake-cluster.js';

const gone = { gone: { apiVersion: 'v1', kind: 'Pod', name: 'x', namespace: 'default' } };
const acting = { id: 'acts', says: 'acts', points: 1, script: { host: 'node01', run: './it' } } as unknown as Check;

/** Which checks pass, and what was run. */
async function graded(first: object, there: boolean, untilLost: boolean): Promise<string> {
  const checks = [{ id: 'looks', says: 'looks', ...first, ...gone } as unknown as Check, acting];
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: 'default' } };
  const cluster = new FakeCluster({ objects: there ? [pod] : [] });
  const baseline = await noteBaseline(cluster, checks);
  const report = await grade(cluster, { checks, baseline, hosts: {}, untilLost });
  const passed = report.checks.filter((check) => check.passed).map(({ id }) => id);
  return `${passed.join(' ') || 'none'}, ${cluster.runs.length} run, ${report.points}`;
}

test.each<[string, object, boolean, boolean, string]>([
  ['a check that acts is spared when points are lost', { points: 2 }, true, true, 'none, 0 run, 0'],
  ['but not where nothing is lost', { points: 2 }, false, true, 'looks acts, 1 run, 3'],
  ['nor where all is asked', { points: 2 }, true, false, 'acts, 1 run, 1'],
  ['nor by a guard, which may void nothing of it', { guard: true }, true, true, 'acts, 1 run, 0'],
])('%s', async (_, first, there, untilLost, found) => {
  expect(await graded(first, there, untilLost)).toBe(found);
});

test('what was spared says why', async () => {
  const checks = [
    { id: 'lost', says: 'lost', points: 1, gone: { apiVersion: 'v1', kind: 'Node', name: 'n1' } },
    { id: 'acts', says: 'acts', points: 1, script: { host: 'node01', run: './it' } },
  ] as unknown as Parameters<typeof grade>[1]['checks'];
  const cluster = new FakeCluster({ objects: [{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } }] });
  const report = await grade(cluster, { checks, baseline: {}, hosts: {}, untilLost: true });
  expect(report.checks.map(({ found, undecided }) => [found, undecided])).toEqual([
    ['n1', undefined],
    ['points are lost already', true],
  ]);
});
