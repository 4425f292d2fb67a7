import { describe, expect, test } from 'vitest';
import { grade } from '../../../src/checker/grade.js';
import { lintSubject } from '../../../src/checker/lint.js';
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
      '✗ to be found out / shop/a has no nc or curl to try it with',
    ],
    [
      'by curl: it answers',
      {},
      (_, argv) => ({ code: argv[0] === 'nc' ? 127 : 0 }),
      '✓ reached / shop/a → 10.244.1.3:5432: reached',
    ],
    [
      'by curl: refused',
      {},
      (_, argv) => ({ code: argv[0] === 'nc' ? 127 : 7 }),
      '✗ reached / shop/a → 10.244.1.3:5432: refused',
    ],
    [
      'by curl: connected, but silent',
      {},
      (_, argv) => (argv[0] === 'nc' ? { code: 127 } : { code: 28, stderr: 'curl: (28) Operation timed out' }),
      '✓ reached / shop/a → 10.244.1.3:5432: reached',
    ],
    [
      'by curl: dropped',
      {},
      (_, argv) => (argv[0] === 'nc' ? { code: 127 } : { code: 28, stderr: 'curl: (28) Connection timed out' }),
      '✗ reached / shop/a → 10.244.1.3:5432: timed out',
    ],
    [
      'refused, as it must be',
      { reaches: false, how: 'refused', from: from('db') },
      refusedFrom('shop/ccc'),
      '✓ refused / shop/ccc → 10.244.1.3:5432: refused',
    ],
    [
      'refused where it must be dropped',
      { reaches: false, how: 'timed out', from: from('db') },
      refusedFrom('shop/ccc'),
      '✗ timed out / shop/ccc → 10.244.1.3:5432: refused',
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
    expect(cluster.runs).toEqual(['cka1-node1: nc -u -v -v -z -w 7 10.96.0.10 53']);
  });
});

const answering =
  (...addresses: string[]): FakeRun =>
  () => ({
    stdout: `Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tdb\n${addresses.map((ip) => `Address: ${ip}\n`).join('')}`,
  });
const denying: FakeRun = (_, argv) => ({ code: 1, stdout: `** server can't find ${argv.at(-1)}: NXDOMAIN\n` });
const SEARCH = 'search shop.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\n';

test.each<[object, string[]]>([
  [{ reaches: true }, []],
  [{ reaches: false, how: 'refused' }, []],
  [{ reaches: true, how: 'refused' }, ['at/connect/how']],
])('lint %j: %j', (more, paths) => {
  const said: string[] = [];
  const subject = { connect: { from: { host: 'node01' }, to: { host: 'node01' }, port: 80, ...more } };
  lintSubject(subject as Subject, 'at', (path) => said.push(path));
  expect(said).toEqual(paths);
});

describe('resolve', () => {
  const resolve = (more: object = {}, names = ['db']): Subject => ({ resolve: { from: from('web'), names, ...more } });
  const service = { kind: 'Service', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop' } };
  const objects = [
    ...PODS,
    { ...service, spec: { clusterIP: '10.96.7.7' } },
    { ...service, metadata: { name: 'none', namespace: 'shop' }, spec: { clusterIP: 'None' } },
  ];

  test.each<[string, Subject, FakeRun, string]>([
    [
      'both names, from both',
      resolve({}, ['db', 'db.shop']),
      answering('10.96.7.7'),
      '✓ db, db.shop resolve / shop/bb: db.shop: 10.96.7.7',
    ],
    [
      'one of two does not',
      resolve({}, ['db', 'db.shop']),
      (who, argv) => (argv.includes('db.shop') ? denying(who, argv) : answering('10.0.0.1')(who, argv)),
      "✗ db, db.shop resolve / shop/a: db.shop: ** server can't find db.shop: NXDOMAIN",
    ],
    ['nobody says anything', resolve(), () => ({ code: 1 }), '✗ db resolves / shop/a: db: no answer'],
    [
      'not to the service',
      resolve({ to: { service: { namespace: 'shop', name: 'db' } } }),
      answering('10.96.7.8'),
      '✗ db resolves to 10.96.7.7 / shop/a: db: 10.96.7.8',
    ],
    [
      'to the service',
      resolve({ to: { service: { namespace: 'shop', name: 'db' } } }),
      answering('10.96.7.7'),
      '✓ db resolves to 10.96.7.7 / shop/bb: db: 10.96.7.7',
    ],
    [
      'a service without address',
      resolve({ to: { service: { namespace: 'shop', name: 'none' } } }),
      answering('10.96.7.7'),
      '✗ to be found out / service/none in shop has no address to compare with',
    ],
    [
      'to all pods and nothing else',
      resolve({ to: { pods: { namespace: 'shop', selector: 'app=web' } } }),
      answering('10.244.1.2', '10.244.1.1'),
      '✓ db resolves to 10.244.1.1, 10.244.1.2 / shop/bb: db: 10.244.1.2, 10.244.1.1',
    ],
    [
      'to some of the pods',
      resolve({ to: { pods: { namespace: 'shop', selector: 'app=web' } } }),
      answering('10.244.1.2'),
      '✗ db resolves to 10.244.1.1, 10.244.1.2 / shop/a: db: 10.244.1.2',
    ],
    [
      'to pods of which there are none',
      resolve({ to: { pods: { namespace: 'shop', selector: 'app=no' } } }),
      answering('10.244.1.2'),
      '✗ to be found out / Pod with app=no in shop: none has an address to compare with',
    ],
    [
      'no such name, as it must be',
      resolve({ resolves: false }),
      denying,
      "✓ db does not resolve / shop/bb: db: ** server can't find db: NXDOMAIN",
    ],
    [
      'a name that must not be',
      resolve({ resolves: false }),
      answering('10.0.0.9'),
      '✗ db does not resolve / shop/a: db: 10.0.0.9',
    ],
    [
      'nobody says that there is no such name',
      resolve({ resolves: false }),
      () => ({ code: 1, stderr: ';; no servers could be reached' }),
      '✗ db does not resolve / shop/a: db: ;; no servers could be reached',
    ],
    [
      'an SRV record',
      resolve({ type: 'SRV', answers: ['80'] }),
      () => ({ stdout: 'Server: x\n\ndb\tservice = 0 100 80 db.shop.svc.cluster.local.\n' }),
      '✓ db resolves to 80 / shop/bb: db: 0 100 80 db.shop.svc.cluster.local',
    ],
    [
      'an SRV record of another port',
      resolve({ type: 'SRV', answers: ['81'] }),
      () => ({ stdout: 'Server: x\n\ndb\tservice = 0 100 80 db.shop.svc.cluster.local.\n' }),
      '✗ db resolves to 81 / shop/a: db: 0 100 80 db.shop.svc.cluster.local',
    ],
    [
      'by the search list',
      resolve({}, ['db.shop']),
      (who, argv) =>
        argv[0] === 'cat'
          ? { stdout: SEARCH }
          : argv[1] === 'db.shop.svc.cluster.local.'
            ? answering('10.96.7.7')(who, argv)
            : denying(who, argv),
      '✓ db.shop resolves / shop/bb: db.shop: 10.96.7.7',
    ],
    [
      'without nslookup',
      resolve(),
      (_, argv) => (argv[0] === 'nslookup' ? { code: 127 } : { stdout: '10.96.7.7 STREAM db\n10.96.7.7 DGRAM\n' }),
      '✓ db resolves / shop/bb: db: 10.96.7.7',
    ],
    [
      'without anything',
      resolve(),
      () => ({ code: 127 }),
      '✗ to be found out / shop/a has no nslookup or getent to try it with',
    ],
    [
      'from nobody',
      { resolve: { from: from('none'), names: ['db'] } },
      () => ({}),
      '✗ db resolves / no pods to ask from',
    ],
  ])('%s', async (_, subject, run, says) => {
    expect(await saying(subject, { objects, run })).toBe(says);
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
