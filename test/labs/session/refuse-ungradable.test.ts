import { expect, test } from 'vitest';
import type { Capability } from '../../../src/clusters/port.js';
import { refuseUngradable } from '../../../src/labs/session/refuse-ungradable.js';

const instance = {
  lab: { id: 'cka/it' },
  checks: [
    { id: 'up', says: 'up', unit: { host: 'node01', name: 'kubelet' } },
    { id: 'later', says: 'later', gone: { apiVersion: 'v1', kind: 'Pod' }, before: [{ advance: '5m' }] },
    { id: 'gone', says: 'gone', gone: { apiVersion: 'v1', kind: 'Pod' } },
  ],
} as unknown as Parameters<typeof refuseUngradable>[0];

test('a task is refused before it begins where its checks cannot be judged, each with its reason', () => {
  expect(() => refuseUngradable(instance, { capabilities: new Set<Capability>(['hosts']) })).toThrow(
    [
      'cka/it cannot be graded on this cluster:',
      '  up: this cluster has no hosts with systemd',
      '  later: this cluster cannot be copied, so a check that acts would spoil it and cannot let time pass at will',
      'Take it on a simulated cluster instead.',
    ].join('\n'),
  );
});

test('a cluster that can do all of it refuses nothing', () => {
  const capabilities = new Set<Capability>(['hosts', 'systemd', 'copies', 'virtual-time']);
  expect(() => refuseUngradable(instance, { capabilities })).not.toThrow();
});
