import { describe, expect, it } from 'vitest';
import { formatTime } from '../../../src/sim/api/time.js';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod, PodSpec } from '../../../src/sim/api/types/pod.js';
import { NODES, PODS, REPLICA_SETS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { names, pod, remove, replicaSet } from './objects.js';
import { podsOf, simulateWithNodes } from './simulation.js';

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
