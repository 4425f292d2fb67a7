import { expect, test } from 'vitest';
import { refusalsOf } from '../../src/checker/refusal.js';
import type { Check } from '../../src/checker/rubric.js';

const pods = { namespace: 'shop', selector: 'app=web' };
const secret = { namespace: 'shop', name: 'tls' };
const requests = { from: { host: 'node01' }, url: 'http://shop', count: 2 };

/** What each kind of check needs of a cluster. */
test.each<[object, string]>([
  [{ gone: { apiVersion: 'v1', kind: 'Pod', name: 'x' } }, ''],
  [{ resource: { apiVersion: 'v1', kind: 'Pod', name: 'x' }, exists: true }, ''],
  [{ answer: { host: 'node01', path: '/a' } }, 'hosts'],
  [{ cert: { host: 'node01', path: '/a' } }, 'hosts'],
  [{ cert: { secret } }, ''],
  [{ cert: { request: 'jane' } }, ''],
  [{ etcd: { keys: [] } }, 'hosts etcd'],
  [{ file: { host: 'node01', path: '/a' } }, 'hosts'],
  [{ flag: { host: 'node01', manifest: 'kube-apiserver', flag: 'v' } }, 'hosts'],
  [{ flag: { host: 'node01', unit: 'kubelet', flag: 'v' } }, 'hosts systemd'],
  [{ flag: { pods, flag: 'v' } }, ''],
  [{ image: { host: 'node01', tag: 'a' } }, 'hosts'],
  [{ log: { host: 'node01', path: '/a' }, contains: 'x' }, 'hosts'],
  [{ log: { pods }, contains: 'x' }, ''],
  [{ port: { host: 'node01', number: 22 } }, 'hosts'],
  [{ process: { host: 'node01', name: 'kubelet' } }, 'hosts'],
  [{ requests }, ''],
  [{ requests: { ...requests, meanwhile: [{ run: 'true' }] } }, 'copies hosts'],
  [{ script: { host: 'node01', run: './it' } }, 'hosts'],
  [{ unit: { host: 'node01', name: 'kubelet' } }, 'hosts systemd'],
  // A group needs what its parts do, each once.
  [{ all: [{ cert: { secret } }, { any: [{ file: { host: 'node01', path: '/a' } }] }] }, 'hosts'],
])('%j needs: %s', (subject, needs) => {
  const lacking = refusalsOf([{ id: 'it', says: 'it', ...subject } as Check], new Set());
  expect(lacking.flatMap(({ lacks }) => lacks).join(' ')).toBe(needs);
});

test('a refusal names what the cluster lacks, and nothing that it has', () => {
  const unit = { id: 'it', says: 'it', unit: { host: 'node01', name: 'kubelet' } } as Check;
  expect(refusalsOf([unit], new Set(['hosts', 'systemd']))).toEqual([]);
  expect(refusalsOf([unit], new Set(['hosts']))).toEqual([
    { id: 'it', lacks: ['systemd'], reason: 'this cluster has no hosts with systemd' },
  ]);
  expect(refusalsOf([unit], new Set())[0]?.reason).toBe(
    'this cluster has no hosts to look at and has no hosts with systemd',
  );
});

test('a check that acts needs what it takes to act', () => {
  const later = {
    id: 'it',
    says: 'it',
    gone: { apiVersion: 'v1', kind: 'Pod', name: 'x' },
    before: [{ advance: '5m' }],
  };
  expect(refusalsOf([later as Check], new Set(['copies']))).toEqual([
    { id: 'it', lacks: ['virtual-time'], reason: 'this cluster cannot let time pass at will' },
  ]);
});
