import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { BUDGETS, NODES, object, PODS, pod, REPLICA_SETS, ready, replicaSet, SERVICES } from './objects.js';

describe('subresources', () => {
  const node = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
  const binding = (name: string, to: string) => object('v1', 'Binding', name, { target: { kind: 'Node', name: to } });

  test('a pod is bound once', () => {
    const { client, run } = ready();
    run(client.create(NODES, node('n')));
    run(client.create(PODS, pod('p')));
    run(client.createSubresource(PODS, 'p', 'default', 'binding', binding('p', 'n')));
    const bound = run(client.get<KubeObject>(PODS, 'p', 'default'));
    expect(bound).toMatchObject({
      spec: { nodeName: 'n' },
      status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
    });
    expect(() => run(client.createSubresource(PODS, 'p', 'default', 'binding', binding('p', 'm')))).toThrow(
      'Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n"',
    );
  });

  test('status and object are written apart; the generation counts changes of the spec', () => {
    const { client, run } = ready();
    const made = run(client.create(REPLICA_SETS, replicaSet('r', { spec: { replicas: 1 }, status: { replicas: 9 } })));
    expect(made).toMatchObject({ metadata: { generation: 1 } });
    expect(made['status']).toEqual({ replicas: 0 });
    const status = run(
      client.update(
        REPLICA_SETS,
        { ...made, spec: { replicas: 7 }, status: { replicas: 1 } },
        { subresource: 'status' },
      ),
    );
    expect(status).toMatchObject({ spec: { replicas: 1 }, status: { replicas: 1 }, metadata: { generation: 1 } });
    const spec = run(
      client.update(REPLICA_SETS, { ...status, spec: { ...(status['spec'] as object), replicas: 2 }, status: {} }),
    );
    expect(spec).toMatchObject({ spec: { replicas: 2 }, status: { replicas: 1 }, metadata: { generation: 2 } });
    expect(run(client.update(REPLICA_SETS, spec))).toBe(spec);
  });

  test('scale', () => {
    const { client, run, request } = ready();
    run(client.create(REPLICA_SETS, replicaSet('r', { spec: { replicas: 1 } })));
    const patched = run(
      client.patch(
        REPLICA_SETS,
        'r',
        'default',
        'application/merge-patch+json',
        { spec: { replicas: 4 } },
        { subresource: 'scale' },
      ),
    );
    expect(patched).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 4 },
      status: { selector: 'a=b' },
    });
    expect(run(client.get(REPLICA_SETS, 'r', 'default'))).toMatchObject({
      spec: { replicas: 4 },
      metadata: { generation: 2 },
    });
    const wrong = request({
      method: 'PATCH',
      target: '/apis/apps/v1/namespaces/default/replicasets/r/scale',
      headers: { 'content-type': 'application/merge-patch+json' },
      object: { spec: { replicas: -1 } },
    });
    expect(JSON.parse(Buffer.from(wrong.body ?? []).toString('utf8')).message).toBe(
      'Scale.autoscaling "r" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
  });

  test('an eviction takes from the budget, or is refused with 429', () => {
    const { client, run } = ready();
    const running = (name: string) => {
      const made = run(
        client.create(
          PODS,
          pod(name, {
            metadata: { labels: { app: 'x' } },
            spec: { nodeName: 'n', containers: [{ name: 'c', image: 'nginx' }] },
          }),
        ),
      );
      run(
        client.update(
          PODS,
          { ...made, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
          { subresource: 'status' },
        ),
      );
    };
    running('p');
    running('q');
    const budget = run(
      client.create(
        BUDGETS,
        object('policy/v1', 'PodDisruptionBudget', 'b', {
          spec: { minAvailable: 1, selector: { matchLabels: { app: 'x' } } },
        }),
      ),
    );
    const evict = (name: string) =>
      run(client.createSubresource(PODS, name, 'default', 'eviction', object('policy/v1', 'Eviction', name)));
    expect(() => evict('p')).toThrow("Cannot evict pod as it would violate the pod's disruption budget.");
    run(
      client.update(
        BUDGETS,
        {
          ...budget,
          status: {
            observedGeneration: 1,
            disruptionsAllowed: 1,
            currentHealthy: 2,
            desiredHealthy: 1,
            expectedPods: 2,
          },
        },
        { subresource: 'status' },
      ),
    );
    evict('p');
    expect(run(client.get<KubeObject>(PODS, 'p', 'default')).metadata.deletionTimestamp).toBeTruthy();
    const after = run(client.get<KubeObject>(BUDGETS, 'b', 'default'));
    expect(after).toMatchObject({ status: { disruptionsAllowed: 0, disruptedPods: { p: '2026-01-01T00:00:00Z' } } });
    run(
      client.update(
        BUDGETS,
        { ...after, status: { ...(after['status'] as object), currentHealthy: 1 } },
        { subresource: 'status' },
      ),
    );
    try {
      evict('q');
      expect.unreachable();
    } catch (error) {
      expect((error as { status: unknown }).status).toMatchObject({
        code: 429,
        reason: 'TooManyRequests',
        details: {
          causes: [
            { reason: 'DisruptionBudget', message: 'The disruption budget b needs 1 healthy pods and has 1 currently' },
          ],
        },
      });
    }
  });
});

describe('services', () => {
  const service = (name: string, spec: object) =>
    object('v1', 'Service', name, { spec: { type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP' }], ...spec } });
  const specOf = (made: KubeObject) =>
    made['spec'] as { clusterIP?: string; clusterIPs?: string[]; ports: { nodePort?: number }[] };

  test('addresses and node ports are allocated, kept and not given twice', () => {
    const { client, run } = ready();
    const made = run(client.create(SERVICES, service('a', { type: 'NodePort' })));
    const { clusterIP, ports } = specOf(made);
    expect(clusterIP).toMatch(/^10\.(9[6-9]|10\d|11[01])\./);
    expect(ports[0]?.nodePort).toBeGreaterThanOrEqual(30000);
    const updated = run(client.update(SERVICES, service('a', { type: 'NodePort', selector: { x: 'y' } })));
    expect(specOf(updated)).toMatchObject({ clusterIP, ports: [{ nodePort: ports[0]?.nodePort }] });
    expect(() => run(client.create(SERVICES, service('b', { clusterIP })))).toThrow(
      `Service "b" is invalid: spec.clusterIPs: Invalid value: ["${clusterIP}"]: failed to allocate IP ${clusterIP}: provided IP is already allocated`,
    );
    expect(() =>
      run(
        client.create(SERVICES, service('b', { type: 'NodePort', ports: [{ port: 1, nodePort: ports[0]?.nodePort }] })),
      ),
    ).toThrow(
      `Service "b" is invalid: spec.ports[0].nodePort: Invalid value: ${ports[0]?.nodePort}: provided port is already allocated`,
    );
    expect(() =>
      run(client.create(SERVICES, service('b', { type: 'NodePort', ports: [{ port: 1, nodePort: 80 }] }))),
    ).toThrow(
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
    expect(() => run(client.create(SERVICES, service('b', { clusterIP: '1.2.3.4' })))).toThrow(
      'failed to allocate IP 1.2.3.4: the provided network does not match the current range',
    );
    run(client.delete(SERVICES, 'a', 'default'));
    expect(specOf(run(client.create(SERVICES, service('b', { clusterIP })))).clusterIP).toBe(clusterIP);
  });

  test('headless and external services have no address', () => {
    const { client, run } = ready();
    expect(specOf(run(client.create(SERVICES, service('h', { clusterIP: 'None' })))).clusterIPs).toEqual(['None']);
    expect(
      specOf(run(client.create(SERVICES, service('e', { type: 'ExternalName', externalName: 'x.y' })))).clusterIP,
    ).toBeUndefined();
  });
});
