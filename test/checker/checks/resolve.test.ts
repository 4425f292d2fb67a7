import { describe, expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeRun } from '../fake-cluster.js';
import { saying } from '../graded.js';
import { from, PODS, pod, probe } from './client-pods.js';

const answering =
  (...addresses: string[]): FakeRun =>
  () => ({
    stdout: `Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tdb\n${addresses.map((ip) => `Address: ${ip}\n`).join('')}`,
  });
const denying: FakeRun = (_, argv) => ({ code: 1, stdout: `** server can't find ${argv.at(-1)}: NXDOMAIN\n` });
const SEARCH = 'search shop.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\n';

describe('resolve', () => {
  const resolve = (more: object = {}, names = ['db']): Subject => ({ resolve: { from: from('web'), names, ...more } });
  const service = { kind: 'Service', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop' } };
  const objects = [
    ...PODS,
    { ...service, spec: { clusterIP: '10.96.7.7' } },
    { ...service, metadata: { name: 'none', namespace: 'shop' }, spec: { clusterIP: 'None' } },
    { ...service, metadata: { name: 'both', namespace: 'shop' }, spec: { clusterIPs: ['10.96.7.7', 'fd00::7'] } },
    pod('half-1', 'half'),
    pod('half-2', 'half', { status: { phase: 'Pending' } }),
    pod('half-3', 'half', { status: undefined }),
  ];
  const SRV: FakeRun = () => ({
    stdout:
      'Server: x\n\ndb\tservice = 0 100 80 db.shop.svc.cluster.local.\ndb\tservice = 0 100 443 db.shop.svc.cluster.local.\n',
  });

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
      'to addresses in whatever order',
      resolve({ to: { addresses: ['10.244.1.2', '10.244.1.1'] } }),
      answering('10.244.1.1', '10.244.1.2'),
      '✓ db resolves to 10.244.1.2, 10.244.1.1 / shop/bb: db: 10.244.1.1, 10.244.1.2',
    ],
    [
      'to another address',
      resolve({ to: { addresses: ['10.244.1.2'] } }),
      answering('10.244.1.1'),
      '✗ db resolves to 10.244.1.2 / shop/a: db: 10.244.1.1',
    ],
    [
      'to a service of two families',
      resolve({ to: { service: { namespace: 'shop', name: 'both' } } }),
      answering('fd00::7', '10.96.7.7'),
      '✓ db resolves to 10.96.7.7, fd00::7 / shop/bb: db: fd00::7, 10.96.7.7',
    ],
    [
      'to a service that is not there',
      resolve({ to: { service: { namespace: 'shop', name: 'lost' } } }),
      answering('10.96.7.7'),
      '✗ to be found out / service/lost in shop has no address to compare with',
    ],
    [
      'to pods of which one has an address',
      resolve({ to: { pods: { namespace: 'shop', selector: 'app=half' } } }),
      answering('10.244.1.6'),
      '✓ db resolves to 10.244.1.6 / shop/bb: db: 10.244.1.6',
    ],
    [
      'one of several SRV records has it',
      resolve({ type: 'SRV', answers: ['443', 'db.shop'] }),
      SRV,
      '✓ db resolves to 443, db.shop / shop/bb: db: 0 100 80 db.shop.svc.cluster.local, 0 100 443 db.shop.svc.cluster.local',
    ],
    [
      'two names that must not be',
      resolve({ resolves: false }, ['db', 'web']),
      denying,
      "✓ db, web do not resolve / shop/bb: web: ** server can't find web: NXDOMAIN",
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

test.each<[object, string]>([
  [{ resolves: false, to: { addresses: ['x'] } }, 'to: says what names resolve to that must not resolve'],
  [{ resolves: false, answers: ['x'] }, 'answers: says what is answered for names that must not resolve'],
  [{ resolves: false }, ''],
  [{ resolves: true, to: { addresses: ['x'] }, answers: ['x'] }, ''],
  [{ to: { addresses: ['x'] }, answers: ['x'] }, ''],
])('lint resolve %j: %s', (more, says) => {
  const said: string[] = [];
  lintSubject({ resolve: { from: probe, names: ['db'], ...more } } as Subject, 'at', (path, message) =>
    said.push(`${path}: ${message}`),
  );
  expect(said).toEqual(says === '' ? [] : [`at/resolve/${says}`]);
});
