import { describe, expect, it } from 'vitest';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod, PodSpec } from '../../../src/sim/api/types/pod.js';
import { MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { NODES, PODS } from '../../../src/sim/scheduler/resource-types.js';
import { createScheduler, runScheduler } from '../../../src/sim/scheduler/scheduler.js';
import { bareSimulation, createNamespaces, node, type Simulation } from '../controllers/simulation.js';
import { requesting } from './fixtures.js';

function withScheduler(...nodes: Node[]): Simulation {
  const simulation = bareSimulation();
  createNamespaces(simulation);
  for (const one of nodes) simulation.create(NODES, one);
  simulation.start((sys, client) => {
    const log = { info: () => {}, warning: () => {}, error: (error: unknown) => simulation.log.push(String(error)) };
    const context = createScheduler(sys, client, log);
    sys.thread(() => runScheduler(context));
  });
  return simulation;
}

function pod(name: string, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
  };
}

const nodeOf = (simulation: Simulation, name: string) => simulation.get<Pod>(PODS, name, 'default').spec.nodeName;
const scheduled = (simulation: Simulation, name: string) =>
  simulation.get<Pod>(PODS, name, 'default').status?.conditions?.find(({ type }) => type === 'PodScheduled');
const changeNode = (simulation: Simulation, name: string, how: (node: Node) => void) =>
  simulation.change<Node>(NODES, name, undefined, how);

describe('the scheduler', () => {
  it('binds a pod and says so', () => {
    const simulation = withScheduler(node('a', { unschedulable: true }), node('b'));
    simulation.create(PODS, pod('p'));
    simulation.advance(2 * SECOND);
    expect(nodeOf(simulation, 'p')).toBe('b');
    expect(simulation.events('p')).toEqual(['Scheduled: Successfully assigned default/p to b']);
  });

  it('spreads pods by what the nodes have left, also those bound a moment ago', () => {
    const simulation = withScheduler(node('a'), node('b'), node('c'));
    for (let index = 0; index < 6; index += 1)
      simulation.create(PODS, pod(`p${index}`, requesting({ cpu: '500m', memory: '1Gi' })));
    simulation.advance(2 * SECOND);
    const counts = new Map<string, number>();
    for (const { spec } of simulation.list<Pod>(PODS))
      counts.set(spec.nodeName ?? '', (counts.get(spec.nodeName ?? '') ?? 0) + 1);
    expect([...counts.values()]).toEqual([2, 2, 2]);
  });

  it('sets a pod aside, says why, and takes it up when the cause is gone', () => {
    const simulation = withScheduler(node('a', { taints: [{ key: 'k', effect: 'NoSchedule' }] }));
    simulation.create(PODS, pod('p'));
    simulation.advance(2 * SECOND);
    const message =
      '0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate, ' +
      'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
    expect(scheduled(simulation, 'p')).toMatchObject({ status: 'False', reason: 'Unschedulable', message });
    expect(simulation.events('p')).toEqual([`FailedScheduling: ${message}`]);
    changeNode(simulation, 'a', (object) => {
      delete object.spec.taints;
    });
    simulation.advance(12 * SECOND);
    expect(nodeOf(simulation, 'p')).toBe('a');
  });

  it('does not look again at what has nothing to do with the cause, until five minutes have passed', () => {
    const simulation = withScheduler(node('a', { unschedulable: true }));
    simulation.create(PODS, pod('p'));
    simulation.advance(2 * SECOND);
    for (let index = 0; index < 5; index += 1) {
      changeNode(simulation, 'a', (object) => {
        object.metadata.labels = { ...object.metadata.labels, round: String(index) };
      });
      simulation.advance(20 * SECOND);
    }
    const attempts = () =>
      simulation.list({ group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true }).length;
    expect(attempts()).toBe(1);
    simulation.advance(5 * MINUTE);
    expect(attempts()).toBe(2);
  });

  it('waits for a node, and for room', () => {
    const simulation = withScheduler();
    simulation.create(PODS, pod('p', requesting({ cpu: '1500m' })));
    simulation.create(PODS, pod('q', requesting({ cpu: '1500m' })));
    simulation.advance(SECOND);
    expect(scheduled(simulation, 'p')?.message).toBe('no nodes available to schedule pods');
    simulation.create(NODES, node('a'));
    simulation.advance(12 * SECOND);
    const [first, second] = nodeOf(simulation, 'p') ? ['p', 'q'] : ['q', 'p'];
    expect([nodeOf(simulation, first), nodeOf(simulation, second)]).toEqual(['a', undefined]);
    simulation.run(simulation.client.delete(PODS, first, 'default', { gracePeriodSeconds: 0 }));
    simulation.advance(12 * SECOND);
    expect(nodeOf(simulation, second)).toBe('a');
  });

  it('leaves gated pods and pods of other schedulers alone', () => {
    const simulation = withScheduler(node('a'));
    simulation.create(PODS, pod('gated', { schedulingGates: [{ name: 'wait' }] }));
    simulation.create(PODS, pod('other', { schedulerName: 'mine' }));
    simulation.advance(5 * SECOND);
    expect([nodeOf(simulation, 'gated'), nodeOf(simulation, 'other')]).toEqual([undefined, undefined]);
    simulation.change<Pod>(PODS, 'gated', 'default', (object) => {
      delete object.spec.schedulingGates;
    });
    simulation.advance(5 * SECOND);
    expect(nodeOf(simulation, 'gated')).toBe('a');
  });

  it('makes room for a more important pod', () => {
    const simulation = withScheduler(node('a'));
    simulation.create(PODS, pod('low', requesting({ cpu: '1500m' })));
    simulation.advance(2 * SECOND);
    simulation.create(PODS, pod('high', { ...requesting({ cpu: '1500m' }), priority: 1000 }));
    simulation.advance(SECOND);
    const high = simulation.get<Pod>(PODS, 'high', 'default');
    expect(high.status?.nominatedNodeName).toBe('a');
    expect(simulation.events('low').at(-1)).toBe(`Preempted: Preempted by pod ${high.metadata.uid} on node a`);
    const low = simulation.list<Pod>(PODS).find(({ metadata }) => metadata.name === 'low');
    expect(low?.metadata.deletionTimestamp).toBeDefined();
    expect(low?.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: 'default-scheduler: preempting to accommodate a higher priority pod',
    });
    simulation.run(simulation.client.delete(PODS, 'low', 'default', { gracePeriodSeconds: 0 }));
    simulation.advance(12 * SECOND);
    expect(nodeOf(simulation, 'high')).toBe('a');
  });

  it('places the same pods on the same nodes in every run', () => {
    const play = () => {
      const simulation = withScheduler(node('a'), node('b'), node('c'));
      for (let index = 0; index < 9; index += 1) simulation.create(PODS, pod(`p${index}`));
      simulation.advance(5 * SECOND);
      return simulation.list<Pod>(PODS).map(({ metadata, spec }) => `${metadata.name}@${spec.nodeName}`);
    };
    expect(play()).toEqual(play());
  });
});
