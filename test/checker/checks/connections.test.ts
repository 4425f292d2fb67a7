import { describe, expect, test } from 'vitest';
import { grade } from '../../../src/checker/grade.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { FakeCluster, type FakeRun } from '../fake-cluster.js';
import { HOSTS, judged, saying } from '../graded.js';

const pod = (name: string, app: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app } },
  status: { phase: 'Running', podIP: `10.244.1.${name.length}` },
  ...more,
});
const PODS = [
  pod('a', 'web'),
  pod('bb', 'web'),
  pod('ccc', 'db'),
  pod('dddd', 'job', { status: { phase: 'Succeeded' } }),
];
const from = (app: string) => ({ pods: { namespace: 'shop', selector: `app=${app}` } });
const probe = { probe: { namespace: 'shop', labels: { role: 'client' } } };
const db = { pods: { namespace: 'shop', selector: 'app=db' }, port: 5432 };
const connect = (more: object): Subject => ({
  connect: { from: from('web'), to: db, reaches: true, ...more } as never,
});
const refusedFrom =
  (who: string): FakeRun =>
  (prober) =>
    prober === who ? { code: 1, stderr: 'nc: 10.244.1.3 (10.244.1.3:5432): Connection refused' } : {};

describe('connect', () => {
  test.each<[string, object, FakeRun, string]>([
    ['all reach all', {}, () => ({}), '✓ reached / shop/a → 10.244.1.3:5432: reached'],
    ['one of several does not', {}, refusedFrom('shop/bb'), '✗ reached / shop/bb → 10.244.1.3:5432: refused'],
    [
      'one of several does, and must not',
      { reaches: false },
      refusedFrom('shop/a'),
      '✗ not reached / shop/bb → 10.244.1.3:5432: reached',
    ],
    [
      'dropped',
      { from: from('db') },
      () => ({ code: 1, stderr: 'nc: timed out' }),
      '✗ reached / shop/ccc → 10.244.1.3:5432: timed out',
    ],
    [
      'a name that does not resolve',
      { to: { service: { namespace: 'shop', name: 'db' }, port: 1 } },
      () => ({ code: 1, stderr: "nc: bad address 'db.shop.svc.cluster.local'" }),
      '✗ reached / shop/a → db.shop.svc.cluster.local:1: its name does not resolve',
    ],
    ['nobody to try it from', { from: from('none') }, () => ({}), '✗ reached / no pods to try it from'],
    ['nobody who runs', { from: from('job') }, () => ({}), '✗ reached / no pods to try it from'],
    [
      'nobody to reach',
      { to: { pods: { namespace: 'shop', selector: 'app=none' }, port: 1 }, reaches: false },
      () => ({}),
      '✗ not reached / no pods to reach',
    ],
    [
      'no nc in the image',
      { reaches: false },
      () => ({ code: 127 }),
      '✗ to be found out / shop/a has no nc to try it with',
    ],
    [
      'a pod that runs nothing',
      { reaches: false },
      () => ({ code: 255, stderr: 'container not found' }),
      '✗ to be found out / nothing could be tried from shop/a: container not found',
    ],
  ])('%s', async (_, more, run, says) => {
    expect(await saying(connect(more), { objects: PODS, run })).toBe(says);
  });

  test('from a host, over UDP, with its own patience', async () => {
    const to = { address: '10.96.0.10', port: 53 };
    const { cluster } = await judged(
      connect({ from: { host: 'node01' }, to, protocol: 'udp', timeout_seconds: 7 }),
      {},
    );
    expect(cluster.runs).toEqual(['cka1-node1: nc -u -z -w 7 10.96.0.10 53']);
  });
});

describe('resolve', () => {
  const resolve: Subject = { resolve: { from: from('web'), names: ['db', 'db.shop'] } };

  test.each<[FakeRun, string]>([
    [() => ({}), '✓ db, db.shop resolve / all resolve'],
    [
      (who, argv) =>
        who === 'shop/bb' && argv[1] === 'db.shop'
          ? { code: 1, stdout: "** server can't find db.shop: NXDOMAIN\n" }
          : {},
      "✗ db, db.shop resolve / shop/bb: db.shop: ** server can't find db.shop: NXDOMAIN",
    ],
    [() => ({ code: 1 }), '✗ db, db.shop resolve / shop/a: db: no answer'],
  ])('%#', async (run, says) => {
    expect(await saying(resolve, { objects: PODS, run })).toBe(says);
  });
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
