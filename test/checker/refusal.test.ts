import { expect, test } from 'vitest';
import type { TaskPlace } from '../../src/checker/needs/host-needs.js';
import { lackInWords, refusalsOf } from '../../src/checker/refusal.js';
import type { Check } from '../../src/checker/rubric.js';
import type { Capability } from '../../src/clusters/port.js';

const PLACE: TaskPlace = { host: 'controlplane', answers: '/opt/course/1' };
const pods = { namespace: 'shop', selector: 'app=web' };
const secret = { namespace: 'shop', name: 'tls' };
const requests = { from: { host: 'node01' }, url: 'http://shop', count: 2 };

/** What each kind of check needs of a cluster. */
test.each<[object, string]>([
  [{ gone: { apiVersion: 'v1', kind: 'Pod', name: 'x' } }, ''],
  [{ resource: { apiVersion: 'v1', kind: 'Pod', name: 'x' }, exists: true }, ''],
  [{ answer: { host: 'controlplane', path: '/opt/course/1/a' } }, 'scripts'],
  [{ answer: { host: 'node01', path: '/opt/course/1/a' } }, 'nodes-root'],
  [{ cert: { host: 'node01', path: '/a' } }, 'nodes-root'],
  [
    { cert: { host: 'controlplane', path: '/opt/course/1/a', signed_by: { host: 'controlplane', path: '/etc/ca' } } },
    'nodes-root scripts',
  ],
  [{ cert: { path: '/opt/course/1/a' } }, 'scripts'],
  [{ cert: { secret } }, ''],
  [{ cert: { secret, key: { host: 'controlplane', path: '/opt/course/1/key' } } }, 'scripts'],
  [{ cert: { request: 'jane' } }, ''],
  [{ etcd: { keys: [] } }, 'etcd nodes-root'],
  [{ file: { host: 'node01', path: '/a' } }, 'nodes-root'],
  [{ file: { host: 'controlplane', path: '/etc/kubernetes/admin.conf' } }, 'nodes-root'],
  [{ file: { host: 'controlplane', path: '/srv/shop/kustomization.yaml' } }, 'workstation'],
  [{ file: { host: 'controlplane', path: '/opt/course/1/a', same_as: '/srv/a' } }, 'scripts workstation'],
  [{ file: { host: 'controlplane', path: '/opt/course/10/a' } }, 'workstation'],
  // What the check itself has made there is found where it ran.
  [{ file: { host: 'controlplane', path: '/tmp/a' }, before: [{ run: 'touch /tmp/a' }] }, 'expendable scripts'],
  [{ flag: { host: 'node01', component: 'kube-apiserver', name: 'v' } }, 'kubeadm nodes-root'],
  [{ flag: { host: 'node01', unit: 'kubelet', name: 'v' } }, 'nodes-root'],
  [{ flag: { pods, name: 'v' } }, ''],
  [{ image: { host: 'controlplane', tag: 'a' } }, 'nodes-root'],
  [{ image: { host: 'controlplane', path: '/opt/course/1/a.tar', tag: 'a' } }, 'scripts'],
  [{ log: { host: 'controlplane', path: '/var/log/a' }, contains: 'x' }, 'nodes-root'],
  [{ log: { host: 'controlplane', unit: 'kubelet' }, contains: 'x' }, 'nodes-root'],
  [{ log: { path: '/opt/course/1/log' }, contains: 'x' }, 'scripts'],
  [{ log: { pods }, contains: 'x' }, 'containers'],
  [{ port: { host: 'node01', number: 22 } }, 'nodes-root'],
  [{ process: { host: 'node01', name: 'kubelet' } }, 'nodes-root'],
  [{ process: { pods, name: 'nginx' } }, 'containers nodes-root'],
  [{ connect: { from: { pods }, to: { pods, port: 80 }, reaches: true } }, 'containers'],
  [{ connect: { from: { pods }, to: { host: 'node01', port: 80 }, reaches: true } }, 'containers nodes'],
  [{ http: { from: { pods }, to: { host: 'node01', port: 80 } } }, 'containers nodes'],
  [{ requests: { from: { pods }, to: { host: 'node01', port: 80 } } }, 'containers nodes'],
  [{ http: { from: { host: 'node01' }, url: 'http://shop' } }, 'containers nodes-root'],
  [
    {
      http: {
        from: { pods },
        url: 'https://shop',
        gives: { certificate: { verified_by: { file: { host: 'controlplane', path: '/opt/course/1/ca' } } } },
      },
    },
    'containers scripts',
  ],
  [{ resolve: { from: { probe: { namespace: 'shop' } }, names: ['db'] } }, 'containers'],
  [{ requests }, 'containers nodes-root'],
  [{ requests: { ...requests, from: { pods }, meanwhile: [{ run: 'true' }] } }, 'containers expendable scripts'],
  [{ script: { host: 'controlplane', run: './it' } }, 'expendable scripts'],
  [{ script: { host: 'controlplane', as: 'root', run: './it' } }, 'expendable nodes-root'],
  [{ script: { host: 'node01', run: './it' } }, 'expendable nodes-root'],
  [{ unit: { host: 'node01', name: 'kubelet' } }, 'nodes-root'],
  [{ unit: { host: 'node01', name: 'kubelet' }, before: [{ reboot: 'node01' }] }, 'expendable nodes-root'],
  [
    { file: { host: 'controlplane', path: '/tmp/a' }, before: [{ run: 'touch /tmp/a', host: 'node01' }] },
    'expendable nodes-root workstation',
  ],
  [
    { file: { host: 'controlplane', path: '/tmp/a' }, before: [{ run: 'touch /tmp/a', as: 'root' }] },
    'expendable nodes-root workstation',
  ],
  [{ gone: { apiVersion: 'v1', kind: 'Pod' }, before: [{ run: 'true', as: { user: 'jane' } }] }, 'expendable scripts'],
  [{ gone: { apiVersion: 'v1', kind: 'Pod' }, before: [{ run: 'true', host: 'node01' }] }, 'expendable nodes-root'],
  // A group needs what its parts do, each once.
  [{ all: [{ cert: { secret } }, { any: [{ file: { host: 'node01', path: '/a' } }] }] }, 'nodes-root'],
])('%j needs: %s', (subject, needs) => {
  const lacking = refusalsOf([{ id: 'it', says: 'it', ...subject } as Check], new Set(), PLACE);
  expect(lacking.flatMap(({ lacks }) => lacks).join(' ')).toBe(needs);
});

test('a refusal names what the cluster lacks, and nothing that it has', () => {
  const snapshot = { id: 'it', says: 'it', etcd: { host: 'controlplane', keys: ['/a'] } } as unknown as Check;
  expect(refusalsOf([snapshot], new Set(['etcd', 'nodes-root']), PLACE)).toEqual([]);
  expect(refusalsOf([snapshot], new Set(['nodes-root']), PLACE)).toEqual([
    { id: 'it', lacks: ['etcd'], reason: 'this cluster does not show its etcd' },
  ]);
  expect(refusalsOf([snapshot], new Set(), PLACE)[0]?.reason).toBe(
    'this cluster does not show its etcd and has no nodes to be root on',
  );
});

test.each<[Capability, string]>([
  ['addon:metallb', 'has no metallb'],
  ['fault:kubelet-disabled', 'cannot be given the fault kubelet-disabled'],
  ['load', 'cannot be made to work hard'],
])('a cluster without %s %s', (need, says) => {
  expect(lackInWords(need)).toBe(says);
});

const after = (id: string, ...before: object[]): Check =>
  ({ id, says: 'it', gone: { apiVersion: 'v1', kind: 'Pod', name: 'x' }, before }) as unknown as Check;
const later = (id: string, span: string): Check => after(id, { advance: span });

/** Which checks are refused, and for lack of what. */
test.each<[string, readonly Check[], readonly Capability[], string]>([
  ['acting takes a copy', [later('a', '5m')], ['copies'], ''],
  ['or a cluster that may be spoiled', [later('a', '5m')], ['expendable'], ''],
  ['or it is not done', [later('a', '5m')], ['virtual-time'], 'a: expendable'],
  ['five minutes are waited for', [later('a', '4m'), later('b', '1m')], ['copies'], ''],
  ['more are not', [later('a', '5m1s')], ['copies'], 'a: virtual-time'],
  [
    'whoever waits them',
    [later('a', '4m'), later('b', '61s'), after('c', { advance: '0s' })],
    ['copies'],
    'a: virtual-time, b: virtual-time',
  ],
  ['one wait serves all that wait alike', [later('a', '4m'), later('b', '4m')], ['copies'], ''],
  ['a check may wait twice', [after('a', { advance: '4m' }, { advance: '2m' })], ['copies'], 'a: virtual-time'],
  [
    'of a round, the longest wait counts',
    [
      { ...later('a', '1m'), requests: { ...requests, meanwhile: [{ advance: '3m' }] } } as Check,
      { ...later('b', '1m'), requests: { ...requests, meanwhile: [{ advance: '4m1s' }] } } as Check,
    ],
    ['copies', 'containers', 'nodes-root'],
    'a: virtual-time, b: virtual-time',
  ],
  ['where time passes at will any time can', [later('a', '9h')], ['copies', 'virtual-time'], ''],
])('%s', (_, checks, has, refused) => {
  const found = refusalsOf(checks, new Set(has), PLACE).map(({ id, lacks }) => `${id}: ${lacks.join(' ')}`);
  expect(found.join(', ')).toBe(refused);
});
