import { describe, expect, test } from 'vitest';
import { grade } from '../../../src/checker/grade.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { CommandResult } from '../../../src/clusters/port.js';
import { FakeCluster, type FakeRun } from '../fake-cluster.js';
import { HOSTS, judged } from '../graded.js';
import { from, PODS, probe } from './client-pods.js';

const db = { pods: { namespace: 'shop', selector: 'app=db' }, port: 5432 };
const connect = (more: object): Subject => ({
  connect: { from: from('web'), to: db, reaches: true, ...more } as never,
});

describe('probe pods', () => {
  const probing = connect({ from: probe });

  test('are made once for a grading, after everything that only looks, and taken away', async () => {
    const cluster = new FakeCluster({ objects: PODS });
    const count: Subject = {
      resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', selector: '' },
      over: 'count',
      equals: 4,
    };
    const checks = [probing, probing, count].map((subject, index) => ({
      id: `c${index}`,
      says: '',
      points: 1,
      ...subject,
    }));
    const { points } = await grade(cluster, { checks: checks as never, baseline: {}, hosts: HOSTS });
    expect(points).toBe(3);
    expect(cluster.requests.filter((request) => request.startsWith('POST'))).toEqual([
      'POST /api/v1/namespaces/shop/pods',
    ]);
    expect(cluster.runs).toHaveLength(2);
    expect(cluster.objects).toHaveLength(4);
  });

  test('that never start are taken away too', async () => {
    const { result, cluster } = await judged(probing, { objects: PODS, stuck: true });
    expect(result).toMatchObject({
      passed: false,
      found: 'a pod made in shop to try it from did not start within 60 s',
    });
    expect(cluster.objects).toHaveLength(4);
  });
});

const url = 'http://web';
/** Where time is real, a pod that was just made is tried from again while what comes of it is not as it should be. */
describe('a new pod', () => {
  const refused = { code: 1, stderr: 'Connection refused' };
  const answered = { stdout: 'HTTP/1.1 200 OK\r\n\r\nhello' };
  const asked: readonly [string, Subject, Partial<CommandResult>, Partial<CommandResult>][] = [
    ['that must reach', connect({ from: probe }), refused, {}],
    ['that must not', connect({ from: probe, reaches: false }), {}, refused],
    ['in one way', connect({ from: probe, reaches: false, how: 'timed out' }), refused, { code: 1, stderr: '' }],
    ['by HTTP', { http: { from: probe, url } }, { code: 7 }, answered],
    ['that nobody may answer', { http: { from: probe, url, answers: false } }, answered, { code: 7 }],
    [
      'that asks for a name',
      { resolve: { from: probe, names: ['db'] } },
      refused,
      { stdout: '\nName: db\nAddress: 1.2.3.4' },
    ],
  ];
  test.each(asked.flatMap((row) => [[0, ...row] as const, [4, ...row] as const, [5, ...row] as const]))(
    '%i times otherwise, %s',
    async (times, _, subject, otherwise, right) => {
      const capabilities = ['containers'] as const;
      let left = times;
      const run: FakeRun = () => {
        left -= 1;
        return left >= 0 ? otherwise : right;
      };
      const { result, cluster } = await judged(subject, { objects: PODS, capabilities, run });
      expect(result.passed).toBe(times < 5);
      expect(cluster.waits).toEqual([3, ...Array.from({ length: Math.min(times, 4) }, () => 2)]);
    },
  );
});

test.each<[string, (asked: number) => boolean, boolean, number, readonly number[]]>([
  ['after a moment is reached when it is three times', (asked) => asked > 1, true, 4, [3, 2]],
  ['now and then is not reached', (asked) => asked % 2 === 0, false, 9, [3, 2, 2, 2, 2]],
])('what a new pod reaches %s', async (_, reaches, passed, asks, waits) => {
  let asked = 0;
  const run: FakeRun = () => {
    asked += 1;
    return reaches(asked) ? {} : { code: 1, stderr: 'Connection refused' };
  };
  const content = { objects: PODS, capabilities: ['containers'] as const, run };
  const { result, cluster } = await judged(connect({ from: probe }), content);
  expect([result.passed, asked, cluster.waits]).toEqual([passed, asks, waits]);
});

test('an answer that a new pod has is judged as it is, though the next may be another', async () => {
  const answers = ['500 Down', '200 OK'];
  const run: FakeRun = () => ({ stdout: `HTTP/1.1 ${answers.shift()}\r\n\r\nhello` });
  const subject = { http: { from: probe, url, gives: { code: 200 } } } as Subject;
  const { result, cluster } = await judged(subject, { objects: PODS, capabilities: ['containers'], run });
  expect([result.passed, result.found]).toEqual([false, expect.stringContaining('500')]);
  expect(cluster.waits).toEqual([3]);
});

test('checks that need the API fail with the reason when it is down; the others count', async () => {
  const down = 'connect: connection refused';
  const cluster = new FakeCluster({ down, files: { 'cka1-node1:/a': 'x' } });
  const checks = [
    { id: 'api', says: '', points: 1, gone: { apiVersion: 'v1', kind: 'Pod', name: 'x' } },
    { id: 'probe', says: '', points: 1, ...connect({ from: probe, to: { address: 'x', port: 1 }, reaches: false }) },
    { id: 'file', says: '', points: 1, file: { host: 'node01', path: '/a' } },
  ];
  const report = await grade(cluster, { checks: checks as never, baseline: {}, hosts: HOSTS });
  expect(report.checks.map(({ earned, found }) => [earned, found])).toEqual([
    [0, `the API server does not answer: ${down}`],
    [0, expect.stringMatching(/^for the same reason as /)],
    [1, 'it exists'],
  ]);
});
