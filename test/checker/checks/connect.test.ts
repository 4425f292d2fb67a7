import { describe, expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeRun } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';
import { from, PODS } from './client-pods.js';

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

  const udp = { from: from('db'), to: { address: 'db', port: 53 }, protocol: 'udp' };
  test.each<[string, object, FakeRun, string[], number[]]>([
    ['by nc', { from: from('db') }, () => ({}), ['nc -v -v -z -w 3 10.244.1.3 5432'], [13]],
    [
      'by curl',
      { from: from('db') },
      (_, argv) => (argv[0] === 'nc' ? { code: 127 } : {}),
      ['nc -v -v -z -w 3 10.244.1.3 5432', 'curl -s -S -o /dev/null --connect-timeout 3 -m 4 http://10.244.1.3:5432'],
      [13, 13],
    ],
    [
      'to an address of IPv6',
      { from: from('db'), to: { address: 'fd00::1', port: 80 }, timeout_seconds: 20 },
      (_, argv) => (argv[0] === 'nc' ? { code: 127 } : {}),
      ['nc -v -v -z -w 20 fd00::1 80', 'curl -s -S -o /dev/null --connect-timeout 20 -m 21 http://[fd00::1]:80'],
      [30, 30],
    ],
    ['over UDP', udp, () => ({ code: 127 }), ['nc -u -v -v -z -w 3 db 53'], [13]],
  ])('%s', async (_, more, run, lines, seconds) => {
    const { cluster } = await judged(connect(more), { objects: PODS, run });
    expect(cluster.runs).toEqual(lines.map((line) => `shop/ccc: ${line}`));
    expect(cluster.patience).toEqual(seconds);
  });

  test('what only nc can do, without it', async () => {
    expect(await saying(connect({ ...udp, reaches: false }), { objects: PODS, run: () => ({ code: 127 }) })).toBe(
      '✗ to be found out / shop/ccc has no nc to try it with',
    );
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
