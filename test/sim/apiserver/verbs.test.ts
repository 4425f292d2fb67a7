import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import type { Watch } from '../../../src/sim/client/client.js';
import { MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { type TestServer, testServer } from './harness.js';

const type = (group: string, resource: string, kind: string, namespaced = true) => ({
  group,
  version: 'v1',
  resource,
  kind,
  namespaced,
});
const CONFIG_MAPS = type('', 'configmaps', 'ConfigMap');
const NAMESPACES = type('', 'namespaces', 'Namespace', false);
const PODS = type('', 'pods', 'Pod');
const NODES = type('', 'nodes', 'Node', false);
const SERVICES = type('', 'services', 'Service');
const ACCOUNTS = type('', 'serviceaccounts', 'ServiceAccount');
const BUDGETS = type('policy', 'poddisruptionbudgets', 'PodDisruptionBudget');
const REPLICA_SETS = type('apps', 'replicasets', 'ReplicaSet');

function ready(): TestServer {
  const server = testServer({ admission: admissionChain() });
  server.run(prepareCluster(server.parts));
  server.run(server.client.create(ACCOUNTS, object('v1', 'ServiceAccount', 'default')));
  return server;
}

function object(apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject {
  const { metadata, ...others } = rest as { metadata?: object };
  return { apiVersion, kind, metadata: { name, namespace: 'default', ...metadata }, ...others };
}

const configMap = (name: string, rest: object = {}) => object('v1', 'ConfigMap', name, rest);
const pod = (name: string, rest: object = {}) =>
  object('v1', 'Pod', name, { spec: { containers: [{ name: 'c', image: 'nginx' }] }, ...rest });

const replicaSet = (name: string, rest: { spec?: object; status?: object } = {}) =>
  object('apps/v1', 'ReplicaSet', name, {
    ...rest,
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      ...rest.spec,
    },
  });

function events(watch: Watch): string[] {
  const seen: string[] = [];
  for (;;) {
    const event = watch.events.tryReceive();
    if (event === undefined) return seen;
    if (event === 'end') return [...seen, 'end'];
    seen.push(`${event.type} ${event.object.metadata?.name ?? ''}`.trim());
  }
}

describe('lists', () => {
  test('pages are one revision; the count of what is left is told', () => {
    const { client, run, request } = ready();
    for (const name of ['a', 'b', 'c', 'd', 'e']) run(client.create(CONFIG_MAPS, configMap(name)));
    const first = run(client.list(CONFIG_MAPS, { namespace: 'default', limit: 2 }));
    expect(first.items.map((item) => item.metadata.name)).toEqual(['a', 'b']);
    expect(first.metadata.remainingItemCount).toBe(3);
    run(client.delete(CONFIG_MAPS, 'c', 'default'));
    run(client.create(CONFIG_MAPS, configMap('bb')));
    const second = run(client.list(CONFIG_MAPS, { namespace: 'default', limit: 3, continue: first.metadata.continue }));
    expect(second.items.map((item) => item.metadata.name)).toEqual(['c', 'd', 'e']);
    expect(second.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
    expect(request({ target: '/api/v1/namespaces/default/configmaps?continue=x' }).status).toBe(400);
  });

  test('a page whose revision was compacted away says so, with a token to go on without it', () => {
    const server = ready();
    const { client, run, store } = server;
    for (const name of ['a', 'b', 'c']) run(client.create(CONFIG_MAPS, configMap(name)));
    const first = run(client.list(CONFIG_MAPS, { limit: 1 }));
    run(client.create(CONFIG_MAPS, configMap('d')));
    store.compact(store.revision);
    try {
      run(client.list(CONFIG_MAPS, { limit: 9, continue: first.metadata.continue }));
      expect.unreachable();
    } catch (error) {
      const { status } = error as {
        status: { code: number; reason: string; message: string; metadata: { continue: string } };
      };
      expect(status).toMatchObject({ code: 410, reason: 'Expired' });
      expect(status.message).toMatch(
        /^The provided continue parameter is too old to display a consistent list result\./,
      );
      const rest = run(client.list(CONFIG_MAPS, { limit: 9, continue: status.metadata.continue }));
      expect(rest.items.map((item) => item.metadata.name)).toEqual(['b', 'c', 'd']);
    }
  });

  test('selectors by label, field and name', () => {
    const { client, run } = ready();
    run(client.create(CONFIG_MAPS, configMap('a', { metadata: { labels: { app: 'x' } } })));
    run(client.create(CONFIG_MAPS, configMap('b', { metadata: { labels: { app: 'y' } } })));
    const names = (options: object) => run(client.list(CONFIG_MAPS, options)).items.map((item) => item.metadata.name);
    expect(names({ labelSelector: 'app in (x)' })).toEqual(['a']);
    expect(names({ fieldSelector: 'metadata.name=b' })).toEqual(['b']);
    expect(names({ namespace: 'default', fieldSelector: 'metadata.name!=b' })).toEqual(['a']);
    expect(names({ namespace: 'default', fieldSelector: 'metadata.name=a', labelSelector: 'app=y' })).toEqual([]);
  });

  test('a revision that is still to come is waited for, then refused', () => {
    const server = ready();
    const before = server.clock;
    expect(() => server.run(server.client.list(CONFIG_MAPS, { resourceVersion: '999999' }))).toThrow(
      /^Timeout: Too large resource version: 999999, current: \d+$/,
    );
    expect(server.clock - before).toBe(3 * SECOND);
  });
});

describe('watches', () => {
  test('what comes into a selector is added, what leaves it is deleted', () => {
    const { client, run } = ready();
    const watch = run(client.watch(CONFIG_MAPS, { labelSelector: 'app=x' }));
    const made = run(client.create(CONFIG_MAPS, configMap('a')));
    run(
      client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { metadata: { labels: { app: 'x' } } }),
    );
    run(client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { data: { k: 'v' } }));
    run(client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { metadata: { labels: null } }));
    run(client.delete(CONFIG_MAPS, 'a', 'default'));
    expect(made.metadata.name).toBe('a');
    expect(events(watch)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
  });

  test('from a revision that is gone: an error event with 410, then the end', () => {
    const { client, run, store } = ready();
    for (const name of ['a', 'b', 'c']) run(client.create(CONFIG_MAPS, configMap(name)));
    store.compact(store.revision);
    const watch = run(client.watch(CONFIG_MAPS, { resourceVersion: '3' }));
    const event = watch.events.tryReceive();
    expect(event).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: `too old resource version: 3 (${store.revision})`,
      },
    });
    expect(watch.events.tryReceive()).toBe('end');
  });

  test('bookmarks come with the minutes, and a watch ends at its time', () => {
    const server = ready();
    const watch = server.run(server.client.watch(CONFIG_MAPS, {}));
    server.parts.watches.tick(server.clock + MINUTE);
    expect(events(watch)).toEqual(['BOOKMARK']);
    server.parts.watches.tick(server.clock + 61 * MINUTE);
    expect(events(watch)).toEqual(['BOOKMARK', 'end']);
    expect(server.parts.watches.count).toBe(0);
  });

  test('initial events end with a marked bookmark', () => {
    const { client, run, request } = ready();
    run(client.create(CONFIG_MAPS, configMap('a')));
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    const { stream } = request({ target: `/api/v1/configmaps?${query}` });
    const text = () => Buffer.from(stream?.items.tryReceive() as Uint8Array).toString('utf8');
    expect(JSON.parse(text())).toMatchObject({ type: 'ADDED', object: { kind: 'ConfigMap', metadata: { name: 'a' } } });
    expect(JSON.parse(text())).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    });
  });
});

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
      'Operation cannot be fulfilled on pods "p": pod p is already assigned to node "n"',
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
      'failed to allocate IP 1.2.3.4: the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
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

describe('against a simple model', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('create' as const), name, value: fc.nat(3) }),
    fc.record({ kind: fc.constant('update' as const), name, value: fc.nat(3), stale: fc.boolean() }),
    fc.record({ kind: fc.constant('patch' as const), name, value: fc.nat(3) }),
    fc.record({ kind: fc.constant('delete' as const), name }),
    fc.record({ kind: fc.constant('dry' as const), name, value: fc.nat(3) }),
  );

  test('objects, versions and events are what a map and a counter say', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { client, run, store } = testServer();
        const model = new Map<string, { value: string; version: string }>();
        const expected: string[] = [];
        const watch = run(client.watch(CONFIG_MAPS, {}));
        for (const item of steps) {
          const known = model.get(item.name);
          const before = store.revision;
          const data = 'value' in item ? { v: String(item.value) } : {};
          const attempt = (work: () => void) => {
            try {
              work();
              return undefined;
            } catch (error) {
              return (error as { status?: { reason: string } }).status?.reason ?? String(error);
            }
          };
          if (item.kind === 'create') {
            const reason = attempt(() => run(client.create(CONFIG_MAPS, configMap(item.name, { data }))));
            expect(reason).toBe(known ? 'AlreadyExists' : undefined);
            if (!known) expected.push(`ADDED ${item.name}`);
            if (!known) model.set(item.name, { value: data.v as string, version: String(before + 1) });
          } else if (item.kind === 'update') {
            const resourceVersion = item.stale ? '1' : known?.version;
            const changed = configMap(item.name, { data, metadata: resourceVersion ? { resourceVersion } : {} });
            const reason = attempt(() => run(client.update(CONFIG_MAPS, changed)));
            expect(reason).toBe(!known ? 'NotFound' : item.stale ? 'Conflict' : undefined);
            if (known && !item.stale) change(item.name, data.v as string);
          } else if (item.kind === 'patch') {
            const reason = attempt(() =>
              run(client.patch(CONFIG_MAPS, item.name, 'default', 'application/merge-patch+json', { data })),
            );
            expect(reason).toBe(known ? undefined : 'NotFound');
            if (known) change(item.name, data.v as string);
          } else if (item.kind === 'dry') {
            attempt(() => run(client.create(CONFIG_MAPS, configMap(item.name, { data }), { dryRun: true })));
            attempt(() =>
              run(
                client.patch(
                  CONFIG_MAPS,
                  item.name,
                  'default',
                  'application/merge-patch+json',
                  { data },
                  { dryRun: true },
                ),
              ),
            );
            expect(store.revision).toBe(before);
          } else {
            const reason = attempt(() => run(client.delete(CONFIG_MAPS, item.name, 'default')));
            expect(reason).toBe(known ? undefined : 'NotFound');
            if (known) expected.push(`DELETED ${item.name}`);
            model.delete(item.name);
          }
          function change(changed: string, value: string): void {
            if (model.get(changed)?.value === value) {
              expect(store.revision).toBe(before);
              return;
            }
            expected.push(`MODIFIED ${changed}`);
            model.set(changed, { value, version: String(before + 1) });
          }
        }
        const found = run(client.list(CONFIG_MAPS)).items.map((item) => [
          item.metadata.name,
          (item['data'] as { v: string }).v,
          item.metadata.resourceVersion,
        ]);
        const wanted = [...model]
          .map(([key, { value, version }]) => [key, value, version])
          .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
        expect(found).toEqual(wanted);
        expect(events(watch)).toEqual(expected);
      }),
    );
  });
});
