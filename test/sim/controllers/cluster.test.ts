import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { formatTime } from '../../../src/sim/api/time.js';
import type { ConfigMap, Namespace } from '../../../src/sim/api/types/config.js';
import type { EndpointSlice, Endpoints } from '../../../src/sim/api/types/endpoints.js';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod, PodSpec } from '../../../src/sim/api/types/pod.js';
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
import { node, podsOf, type Simulation, simulateWithNodes } from './simulation.js';

const LABELS = { app: 'web' };

function replicaSet(replicas: number, spec: Partial<PodSpec> = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          containers: [{ name: 'c', image: 'i', ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] }],
          ...spec,
        },
      },
    },
  };
}

function pod(name: string, labels: Record<string, string> = {}, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
  };
}

const names = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);
const remove = (simulation: Simulation, ...args: Parameters<Simulation['client']['delete']>) =>
  simulation.run(simulation.client.delete(...args));

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
    expect(slice(simulation)).toMatchObject({ addressType: 'IPv4', endpoints: [] });
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
    expect(found?.endpoints.map(({ conditions }) => conditions)).toEqual([
      { ready: true, serving: true, terminating: false },
      { ready: true, serving: true, terminating: false },
    ]);
    const addresses = podsOf(simulation)
      .map(({ status }) => status?.podIP)
      .sort();
    expect(found?.endpoints.flatMap((endpoint) => endpoint.addresses).sort()).toEqual(addresses);
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
        ?.endpoints.map(({ conditions }) => conditions?.ready)
        .sort(),
    ).toEqual([false, true]);
    expect(simulation.get<Endpoints>(ENDPOINTS, 'web', 'default').subsets?.[0]?.notReadyAddresses).toHaveLength(1);
    remove(simulation, SERVICES, 'web', 'default');
    simulation.advance(2 * SECOND);
    expect(simulation.list(ENDPOINTS, 'default')).toEqual([]);
  });
});

describe('nodes', () => {
  const controllers = ['node-lifecycle-controller', 'taint-eviction-controller', 'node-ipam-controller'];
  const tolerant: Partial<PodSpec> = {
    tolerations: [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    ],
  };

  it('that fall silent become Unknown, are tainted, and lose their pods after the tolerated time', () => {
    const simulation = simulateWithNodes([...controllers, 'replicaset-controller'], ['a', 'b', 'c']);
    simulation.create(REPLICA_SETS, replicaSet(3, tolerant));
    simulation.advance(20 * SECOND);
    expect(simulation.events('a')).toEqual(['RegisteredNode: Node a event: Registered Node a in Controller']);
    simulation.silent.add('a');
    simulation.advance(45 * SECOND);
    const read = () => simulation.get<Node>(NODES, 'a');
    expect(read().status?.conditions?.[0]?.status).toBe('True');
    simulation.advance(20 * SECOND);
    expect(read().status?.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    expect(
      read()
        .spec.taints?.map(({ key, effect }) => `${key} ${effect}`)
        .sort(),
    ).toEqual(['node.kubernetes.io/unreachable NoExecute', 'node.kubernetes.io/unreachable NoSchedule']);
    expect(simulation.events('a').at(-1)).toBe('NodeNotReady: Node a status is now: NodeNotReady');
    const onNode = podsOf(simulation).find(({ spec }) => spec.nodeName === 'a');
    const lost = onNode?.metadata.name ?? '';
    expect(onNode?.status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('False');
    expect(simulation.events(lost)).toContain('NodeNotReady: Node is not ready');
    simulation.advance(4 * MINUTE);
    expect(onNode && simulation.get<Pod>(PODS, lost, 'default').metadata.deletionTimestamp).toBeUndefined();
    simulation.advance(2 * MINUTE);
    expect(simulation.get<Pod>(PODS, lost, 'default').metadata.deletionTimestamp).toBeDefined();
    expect(simulation.events(lost)).toContain(`TaintManagerEviction: Marking for deletion Pod default/${lost}`);
    simulation.silent.delete('a');
    simulation.change<Node>(
      NODES,
      'a',
      undefined,
      (object) => {
        for (const condition of object.status?.conditions ?? [])
          Object.assign(condition, {
            status: condition.type === 'Ready' ? 'True' : 'False',
            lastHeartbeatTime: formatTime(simulation.now()),
          });
      },
      'status',
    );
    simulation.advance(15 * SECOND);
    expect(read().spec.taints ?? []).toEqual([]);
  });

  it('keep their pods when all of them fall silent at once', () => {
    const simulation = simulateWithNodes(controllers, ['a', 'b']);
    simulation.create(PODS, pod('p'));
    simulation.advance(20 * SECOND);
    simulation.silent.add('a').add('b');
    simulation.advance(10 * MINUTE);
    const taints = simulation.list<Node>(NODES).flatMap(({ spec }) => spec.taints ?? []);
    expect(taints.map(({ effect }) => effect)).toEqual(['NoSchedule', 'NoSchedule']);
    expect(simulation.get<Pod>(PODS, 'p', 'default').metadata.deletionTimestamp).toBeUndefined();
  });

  it('get a share of the pod addresses and the taint of cordoning', () => {
    const simulation = simulateWithNodes(controllers, ['a', 'b'], {
      allocateNodeCidrs: true,
      clusterCidrs: ['10.244.0.0/16'],
    });
    simulation.change<Node>(NODES, 'b', undefined, (object) => {
      object.spec.unschedulable = true;
    });
    simulation.advance(5 * SECOND);
    expect(simulation.list<Node>(NODES).map(({ spec }) => [spec.podCIDR, spec.podCIDRs])).toEqual([
      ['10.244.0.0/24', ['10.244.0.0/24']],
      ['10.244.1.0/24', ['10.244.1.0/24']],
    ]);
    expect(simulation.get<Node>(NODES, 'b').spec.taints).toMatchObject([
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
    ]);
  });

  it('that are deleted take their pods along after a while', () => {
    const simulation = simulateWithNodes(['pod-garbage-collector-controller'], ['a']);
    simulation.create(PODS, pod('p'));
    simulation.advance(5 * SECOND);
    remove(simulation, NODES, 'a');
    simulation.advance(30 * SECOND);
    expect(names(podsOf(simulation))).toEqual(['p']);
    simulation.advance(MINUTE);
    expect(podsOf(simulation)).toEqual([]);
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

describe('garbage', () => {
  const controllers = ['garbage-collector-controller'];
  const map = (name: string, owner?: KubeObject, block = false): ConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'default',
      ...(owner
        ? {
            ownerReferences: [
              {
                apiVersion: owner.apiVersion,
                kind: owner.kind,
                name: owner.metadata.name ?? '',
                uid: owner.metadata.uid ?? '',
                ...(block ? { blockOwnerDeletion: true } : {}),
              },
            ],
          }
        : {}),
    },
  });

  const family = (block: boolean) => {
    const simulation = simulateWithNodes(controllers, []);
    const owner = simulation.create(CONFIG_MAPS, map('owner'));
    const child = simulation.create(CONFIG_MAPS, map('child', owner, block));
    simulation.create(CONFIG_MAPS, map('grandchild', child, block));
    simulation.advance(2 * SECOND);
    expect(names(simulation.list(CONFIG_MAPS, 'default'))).toEqual(['child', 'grandchild', 'owner']);
    return simulation;
  };

  it('follows its owner in the background', () => {
    const simulation = family(false);
    remove(simulation, CONFIG_MAPS, 'owner', 'default', { propagationPolicy: 'Background' });
    simulation.advance(5 * SECOND);
    expect(simulation.list(CONFIG_MAPS, 'default')).toEqual([]);
  });

  it('goes before its owner in the foreground', () => {
    const simulation = family(true);
    remove(simulation, CONFIG_MAPS, 'owner', 'default', { propagationPolicy: 'Foreground' });
    const seen = new Set<string>();
    for (let step = 0; step < 500; step += 1) {
      simulation.advance(SECOND / 100);
      seen.add(names(simulation.list(CONFIG_MAPS, 'default')).join());
    }
    expect([...seen].at(-1)).toBe('');
    expect(seen).not.toContain('child,grandchild');
    expect(seen).not.toContain('grandchild');
  });

  it('is let go when its owner is deleted alone', () => {
    const simulation = family(false);
    remove(simulation, CONFIG_MAPS, 'owner', 'default', { propagationPolicy: 'Orphan' });
    simulation.advance(5 * SECOND);
    expect(names(simulation.list(CONFIG_MAPS, 'default'))).toEqual(['child', 'grandchild']);
    expect(simulation.get<ConfigMap>(CONFIG_MAPS, 'child', 'default').metadata.ownerReferences ?? []).toEqual([]);
  });

  it('whose owner never was is deleted', () => {
    const simulation = simulateWithNodes(controllers, []);
    simulation.create(
      CONFIG_MAPS,
      map('child', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nobody', uid: 'u' } }),
    );
    simulation.advance(5 * SECOND);
    expect(simulation.list(CONFIG_MAPS, 'default')).toEqual([]);
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
