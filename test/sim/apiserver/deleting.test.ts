import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { CONFIG_MAPS, configMap, NAMESPACES, PODS, pod, REPLICA_SETS, ready, replicaSet } from './objects.js';

describe('deleting', () => {
  test('a finalizer keeps the object until it is taken away', () => {
    const { client, run } = ready();
    run(client.create(CONFIG_MAPS, configMap('a', { metadata: { finalizers: ['x.io/y'] } })));
    const marked = run(client.delete(CONFIG_MAPS, 'a', 'default'));
    expect(marked.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 });
    expect(() => run(client.create(CONFIG_MAPS, configMap('a')))).toThrow(
      'object is being deleted: configmaps "a" already exists',
    );
    run(client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { metadata: { finalizers: null } }));
    expect(() => run(client.get(CONFIG_MAPS, 'a', 'default'))).toThrow('configmaps "a" not found');
  });

  test('a pod on a node has its grace period, which may only be shortened; one without a node goes at once', () => {
    const server = ready();
    const { client, run } = server;
    run(client.create(PODS, pod('free')));
    run(client.delete(PODS, 'free', 'default'));
    expect(() => run(client.get(PODS, 'free', 'default'))).toThrow('pods "free" not found');
    run(client.create(PODS, pod('held', { spec: { nodeName: 'n', containers: [{ name: 'c', image: 'nginx' }] } })));
    const first = run(client.delete(PODS, 'held', 'default'));
    expect(first.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
      generation: 2,
    });
    server.clock += 5 * SECOND;
    expect(
      run(client.delete(PODS, 'held', 'default', { gracePeriodSeconds: 60 })).metadata.deletionGracePeriodSeconds,
    ).toBe(30);
    const shorter = run(client.delete(PODS, 'held', 'default', { gracePeriodSeconds: 10 }));
    expect(shorter.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:10Z',
      deletionGracePeriodSeconds: 10,
    });
    run(client.delete(PODS, 'held', 'default', { gracePeriodSeconds: 0 }));
    expect(() => run(client.get(PODS, 'held', 'default'))).toThrow('pods "held" not found');
  });

  test.each([
    ['Foreground' as const, ['foregroundDeletion']],
    ['Orphan' as const, ['orphan']],
  ])('%s leaves a finalizer to the garbage collector', (propagationPolicy, finalizers) => {
    const { client, run } = ready();
    run(client.create(REPLICA_SETS, replicaSet('r')));
    expect(run(client.delete(REPLICA_SETS, 'r', 'default', { propagationPolicy })).metadata.finalizers).toEqual(
      finalizers,
    );
  });

  test('a namespace terminates until its content is gone', () => {
    const { client, run } = ready();
    const made = run(client.create(NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }));
    expect(made).toMatchObject({
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
      metadata: { labels: { 'kubernetes.io/metadata.name': 'n' } },
    });
    expect(run(client.delete(NAMESPACES, 'n'))).toMatchObject({ status: { phase: 'Terminating' } });
    const last = run(client.get<KubeObject>(NAMESPACES, 'n'));
    run(client.update(NAMESPACES, { ...last, spec: {} }, { subresource: 'finalize' }));
    expect(() => run(client.get(NAMESPACES, 'n'))).toThrow('namespaces "n" not found');
  });

  test('a collection by selector', () => {
    const { client, run } = ready();
    for (const name of ['a', 'b'])
      run(client.create(CONFIG_MAPS, configMap(name, { metadata: { labels: { is: name } } })));
    run(client.deleteCollection(CONFIG_MAPS, { namespace: 'default', labelSelector: 'is=a' }));
    expect(run(client.list(CONFIG_MAPS)).items.map((item) => item.metadata.name)).toEqual(['b']);
  });
});
