import { selectorFromMap } from '../src/sim/api/labels.js';
import type { KubeObject } from '../src/sim/api/object.js';
import type { Node } from '../src/sim/api/types/node.js';
import type { Pod } from '../src/sim/api/types/pod.js';
import { createRandom } from '../src/sim/kernel/random.js';
import { SchedulerCache } from '../src/sim/scheduler/cache.js';
import { place } from '../src/sim/scheduler/cycle.js';
import { NominatedPods } from '../src/sim/scheduler/nominations.js';
import { podInfo } from '../src/sim/scheduler/pod-info.js';
import { DEFAULT_PROFILE } from '../src/sim/scheduler/profile.js';
import { SchedulingQueue } from '../src/sim/scheduler/queue.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const COUNTS = [10, 1000, 5000] as const;
const PODS = 2000;
const CLUSTER = { namespaceLabels: () => ({}), siblingSelector: () => selectorFromMap({ app: 'web' }) };
const AIM_PER_SECOND = 5000;

/** How often a second a pod is copied as JSON: what this computer does here and now. */
const jsonCopies = {
  name: 'pods copied as JSON',
  measure: () => {
    const started = cpuMs();
    for (let turn = 0; turn < PODS; turn += 1) JSON.parse(JSON.stringify(pod(turn)));
    return (1000 * PODS) / (cpuMs() - started);
  },
};

function node(name: string, at: number): Node {
  const room = { cpu: '64', memory: '256Gi', pods: '250' };
  const labels = { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': `z${at % 3}` };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: {}, status: { allocatable: room } };
}

/** A pod as a deployment behind a service makes it: its siblings are kept apart. */
function pod(at: number): Pod {
  const resources = { requests: { cpu: '100m', memory: '128Mi' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${at}`, namespace: 'default', uid: `u${at}`, labels: { app: 'web' } },
    spec: { schedulerName: 'default-scheduler', containers: [{ name: 'c', image: 'nginx:1.27', resources }] },
  } as KubeObject as Pod;
}

/** Queues pods, chooses a node for each and takes note of it: all that the scheduler does itself, without a server. */
function placedPerSecond(nodes: number): number {
  const cache = new SchedulerCache();
  for (let at = 0; at < nodes; at += 1) cache.setNode(node(`n${at}`, at));
  const queue = new SchedulingQueue(
    () => DEFAULT_PROFILE.queueing,
    () => 0,
  );
  for (let at = 0; at < PODS; at += 1) queue.add(pod(at));
  const nominated = new NominatedPods();
  const random = createRandom('bench');
  const started = cpuMs();
  let from = 0;
  for (let next = queue.take(); next; next = queue.take()) {
    const all = cache.nodes();
    const cycle = {
      pod: podInfo(next.pod),
      nodes: all,
      cluster: CLUSTER,
      notes: cache.notes,
      nodesWithAffinity: cache.nodesWithAffinity(),
      journal: cache.changes(),
    };
    const placement = place(DEFAULT_PROFILE, cycle, nominated, random, from);
    if (!('node' in placement)) throw new Error('a pod fits nowhere');
    from = (from + placement.looked) % all.length;
    cache.assume(next.pod, placement.node);
    queue.remove(next.pod);
  }
  return (1000 * PODS) / (cpuMs() - started);
}

/** Pods for which a node is found in a second. */
export const podsPlaced: readonly Benchmark[] = COUNTS.map((count) => ({
  name: `pods placed on ${count} nodes`,
  unit: '/s',
  against: jsonCopies,
  aimMin: AIM_PER_SECOND,
  aimIsAbsolute: true,
  rounds: 5,
  measure: () => placedPerSecond(count),
}));
