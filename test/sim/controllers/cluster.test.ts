import { describe, expect, it } from 'vitest';
import type { ConfigMap, Namespace } from '../../../src/sim/api/types/config.js';
import type { EndpointSlice, Endpoints } from '../../../src/sim/api/types/endpoints.js';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { PodDisruptionBudget } from '../../../src/sim/api/types/policy.js';
import type { Service } from '../../../src/sim/api/types/service.js';
import type { DaemonSet, ReplicaSet } from '../../../src/sim/api/types/workloads.js';
import {
  CONFIG_MAPS,
  DAEMON_SETS,
  ENDPOINT_SLICES,
  ENDPOINTS,
  NAMESPACES,
  NODES,
  POD_DISRUPTION_BUDGETS,
  PODS,
  REPLICA_SETS,
  SERVICE_ACCOUNTS,
  SERVICES,
} from '../../../src/sim/controllers/machinery/resource-types.js';
import { MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { LABELS, names, pod, remove, replicaSet } from './objects.js';
import { node, podsOf, type Simulation, simulateWithNodes } from './simulation.js';

describe('replica set', () => {
  it('adopts what matches, lets go of what no longer does, and scales down the rest', () => {
    const simulation = simulateWithNodes(['replicaset-controller'], ['a']);
    simulation.create(PODS, pod('stray', LABELS));
    simulation.create(REPLICA_SETS, replicaSet(2));
    simulation.advance(10 * SECOND);
    expect(podsOf(simulation)).toHaveLength(2);
    expect(simulation.get<Pod>(PODS, 'stray', 'default').metadata.ownerReferences?.[0]).toMatchObject({
      kind: 'ReplicaSet',
      name: 'web',
      controller: true,
    });
    simulation.change<Pod>(PODS, 'stray', 'default', (object) => {
      object.metadata.labels = { app: 'other' };
    });
    simulation.advance(10 * SECOND);
    expect(simulation.get<Pod>(PODS, 'stray', 'default').metadata.ownerReferences ?? []).toEqual([]);
    expect(podsOf(simulation)).toHaveLength(3);
    simulation.change<ReplicaSet>(REPLICA_SETS, 'web', 'default', (object) => {
      object.spec.replicas = 0;
    });
    simulation.advance(10 * SECOND);
    expect(names(podsOf(simulation))).toEqual(['stray']);
    expect(simulation.get<ReplicaSet>(REPLICA_SETS, 'web', 'default').status).toMatchObject({
      replicas: 0,
      observedGeneration: 2,
    });
  });
});

describe('daemon set', () => {
  const daemonSet = (image: string): DaemonSet => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default' },
    spec: {
      selector: { matchLabels: LABELS },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
      template: { metadata: { labels: LABELS }, spec: { containers: [{ name: 'c', image }] } },
    },
  });

  it('runs one pod on every node it may, new ones included, and updates them one by one', () => {
    const simulation = simulateWithNodes(['daemonset-controller'], ['a', 'b']);
    simulation.create(
      NODES,
      node('cp', { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }),
    );
    simulation.create(DAEMON_SETS, daemonSet('v1'));
    simulation.advance(10 * SECOND);
    const placed = () =>
      podsOf(simulation)
        .map(({ spec }) => `${spec.nodeName} ${spec.containers[0]?.image}`)
        .sort();
    expect(placed()).toEqual(['a v1', 'b v1']);
    const status = () => simulation.get<DaemonSet>(DAEMON_SETS, 'agent', 'default').status;
    expect(status()).toMatchObject({
      desiredNumberScheduled: 2,
      currentNumberScheduled: 2,
      numberReady: 2,
      numberAvailable: 2,
      updatedNumberScheduled: 2,
      observedGeneration: 1,
    });
    expect(podsOf(simulation)[0]?.spec.tolerations?.map(({ key, effect }) => `${key} ${effect}`)).toEqual([
      'node.kubernetes.io/not-ready NoExecute',
      'node.kubernetes.io/unreachable NoExecute',
      'node.kubernetes.io/disk-pressure NoSchedule',
      'node.kubernetes.io/memory-pressure NoSchedule',
      'node.kubernetes.io/pid-pressure NoSchedule',
      'node.kubernetes.io/unschedulable NoSchedule',
    ]);
    simulation.create(NODES, node('c'));
    simulation.advance(10 * SECOND);
    expect(placed()).toEqual(['a v1', 'b v1', 'c v1']);
    simulation.change<DaemonSet>(DAEMON_SETS, 'agent', 'default', (object) => {
      const [container] = object.spec.template.spec.containers;
      if (container) container.image = 'v2';
    });
    let least = 3;
    for (let step = 0; step < 100; step += 1) {
      simulation.advance(SECOND / 5);
      least = Math.min(least, status()?.numberAvailable ?? 0);
    }
    expect(placed()).toEqual(['a v2', 'b v2', 'c v2']);
    expect(least).toBe(2);
    simulation.change<Node>(NODES, 'c', undefined, (object) => {
      object.spec.taints = [{ key: 'out', effect: 'NoExecute' }];
    });
    simulation.advance(10 * SECOND);
    expect(placed()).toEqual(['a v2', 'b v2']);
  });
});

describe('services', () => {
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', labels: { tier: 'front' } },
    spec: {
      selector: LABELS,
      clusterIP: '10.96.0.10',
      clusterIPs: ['10.96.0.10'],
      ipFamilies: ['IPv4'],
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
  const slice = (simulation: Simulation) => simulation.list<EndpointSlice>(ENDPOINT_SLICES, 'default')[0];

  it('have endpoints that follow their pods', () => {
    const simulation = simulateWithNodes(
      ['replicaset-controller', 'endpoints-controller', 'endpointslice-controller'],
      ['a', 'b'],
    );
    simulation.create(SERVICES, service);
    simulation.advance(2 * SECOND);
    // Objects are kept as protobuf, which does not tell an empty list from none: a real cluster prints null.
    expect(slice(simulation)).toMatchObject({ addressType: 'IPv4', endpoints: null });
    simulation.create(REPLICA_SETS, replicaSet(2));
    simulation.advance(10 * SECOND);
    const found = slice(simulation);
    expect(simulation.list(ENDPOINT_SLICES, 'default')).toHaveLength(1);
    expect(found?.metadata.labels).toEqual({
      tier: 'front',
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    });
    expect(found?.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
    expect(found?.ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }]);
    expect(found?.endpoints?.map(({ conditions }) => conditions)).toEqual([
      { ready: true, serving: true, terminating: false },
      { ready: true, serving: true, terminating: false },
    ]);
    const addresses = podsOf(simulation)
      .map(({ status }) => status?.podIP)
      .sort();
    expect(found?.endpoints?.flatMap((endpoint) => endpoint.addresses).sort()).toEqual(addresses);
    const endpoints = simulation.get<Endpoints>(ENDPOINTS, 'web', 'default');
    expect(endpoints.subsets?.[0]?.addresses?.map(({ ip }) => ip)).toEqual(addresses);
    expect(endpoints.subsets?.[0]?.ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }]);
    const [first] = podsOf(simulation);
    simulation.change<Pod>(
      PODS,
      first?.metadata.name ?? '',
      'default',
      (object) => {
        for (const condition of object.status?.conditions ?? [])
          if (condition.type === 'Ready') condition.status = 'False';
      },
      'status',
    );
    simulation.advance(2 * SECOND);
    expect(
      slice(simulation)
        ?.endpoints?.map(({ conditions }) => conditions?.ready)
        .sort(),
    ).toEqual([false, true]);
    expect(simulation.get<Endpoints>(ENDPOINTS, 'web', 'default').subsets?.[0]?.notReadyAddresses).toHaveLength(1);
    remove(simulation, SERVICES, 'web', 'default');
    simulation.advance(2 * SECOND);
    expect(simulation.list(ENDPOINTS, 'default')).toEqual([]);
  });
});

describe('budgets', () => {
  it('count what may be evicted', () => {
    const simulation = simulateWithNodes(['replicaset-controller', 'disruption-controller'], ['a']);
    simulation.create(REPLICA_SETS, replicaSet(3));
    simulation.create(POD_DISRUPTION_BUDGETS, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'default' },
      spec: { minAvailable: 2, selector: { matchLabels: LABELS } },
    } as PodDisruptionBudget);
    simulation.advance(10 * SECOND);
    const status = () => simulation.get<PodDisruptionBudget>(POD_DISRUPTION_BUDGETS, 'web', 'default').status;
    expect(status()).toMatchObject({
      expectedPods: 3,
      desiredHealthy: 2,
      currentHealthy: 3,
      disruptionsAllowed: 1,
      observedGeneration: 1,
    });
    expect(status()?.conditions).toMatchObject([
      { type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods', message: '' },
    ]);
    simulation.change<ReplicaSet>(REPLICA_SETS, 'web', 'default', (object) => {
      object.spec.replicas = 2;
    });
    simulation.advance(10 * SECOND);
    expect(status()).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 0 });
    expect(status()?.conditions).toMatchObject([{ status: 'False', reason: 'InsufficientPods' }]);
  });
});

describe('namespaces', () => {
  const controllers = ['namespace-controller', 'serviceaccount-controller', 'root-ca-certificate-publisher-controller'];

  it('get their service account and authority, and are emptied before they go', () => {
    const simulation = simulateWithNodes(controllers, ['a'], { rootCa: 'PEM' });
    simulation.create(NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } });
    simulation.advance(5 * SECOND);
    expect(names(simulation.list(SERVICE_ACCOUNTS, 'team'))).toEqual(['default']);
    expect(simulation.get<ConfigMap>(CONFIG_MAPS, 'kube-root-ca.crt', 'team').data).toEqual({ 'ca.crt': 'PEM' });
    simulation.create(PODS, { ...pod('p'), metadata: { name: 'p', namespace: 'team' } });
    const stuck = {
      apiVersion: 'v1' as const,
      kind: 'ConfigMap' as const,
      metadata: { name: 'stuck', namespace: 'team', finalizers: ['example.com/keep'] },
    };
    simulation.create(CONFIG_MAPS, stuck);
    simulation.advance(5 * SECOND);
    remove(simulation, NAMESPACES, 'team');
    simulation.advance(30 * SECOND);
    const namespace = simulation.get<Namespace>(NAMESPACES, 'team');
    expect(namespace.status?.phase).toBe('Terminating');
    expect(podsOf(simulation, 'team')).toEqual([]);
    expect(
      namespace.status?.conditions
        ?.filter(({ status }) => status === 'True')
        .map(({ reason, message }) => `${reason}: ${message}`),
    ).toEqual([
      'SomeResourcesRemain: Some resources are remaining: configmaps. has 1 resource instances',
      'SomeFinalizersRemain: Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances',
    ]);
    simulation.change<ConfigMap>(CONFIG_MAPS, 'stuck', 'team', (object) => {
      delete object.metadata.finalizers;
    });
    simulation.advance(MINUTE);
    expect(names(simulation.list(NAMESPACES))).not.toContain('team');
  });
});

it('goes on where it was when the server comes back', () => {
  const simulation = simulateWithNodes(['replicaset-controller'], ['a']);
  simulation.create(REPLICA_SETS, replicaSet(1));
  simulation.advance(5 * SECOND);
  simulation.reachable = false;
  simulation.change<ReplicaSet>(REPLICA_SETS, 'web', 'default', (object) => {
    object.spec.replicas = 3;
  });
  simulation.advance(MINUTE);
  expect(podsOf(simulation)).toHaveLength(1);
  simulation.reachable = true;
  simulation.advance(2 * MINUTE);
  expect(podsOf(simulation)).toHaveLength(3);
});
