import type { Node, NodeSpec } from '../../../src/sim/api/types/node.js';
import type { Pod, PodSpec } from '../../../src/sim/api/types/pod.js';
import { newCycle } from '../../../src/sim/scheduler/cycle.js';
import { NodeInfo } from '../../../src/sim/scheduler/node-info.js';
import type { Cycle, Plugin, Refusal } from '../../../src/sim/scheduler/plugin.js';
import { podInfo } from '../../../src/sim/scheduler/pod-info.js';

export interface PodExtras {
  readonly labels?: Record<string, string>;
  readonly namespace?: string;
  readonly nodeName?: string;
  readonly startTime?: string;
}

/** A pod with one container that requests nothing unless told. */
export function pod(name: string, spec: Partial<PodSpec> = {}, extras: PodExtras = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: extras.namespace ?? 'default', uid: `uid-${name}`, labels: extras.labels ?? {} },
    spec: {
      containers: [{ name: 'c', image: 'i' }],
      ...(extras.nodeName ? { nodeName: extras.nodeName } : {}),
      ...spec,
    },
    status: { phase: 'Pending', ...(extras.startTime ? { startTime: extras.startTime } : {}) },
  };
}

/** A pod's spec that requests so much. */
export function requesting(requests: Record<string, string>): Partial<PodSpec> {
  return { containers: [{ name: 'c', image: 'i', resources: { requests } }] };
}

export function node(
  name: string,
  spec: NodeSpec = {},
  labels: Record<string, string> = {},
  allocatable: Record<string, string> = { cpu: '2', memory: '4Gi', pods: '110' },
): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec,
    status: { allocatable },
  };
}

export function info(of: Node, ...pods: Pod[]): NodeInfo {
  const result = new NodeInfo(of.metadata.name ?? '');
  result.setNode(of);
  for (const one of pods) result.add(podInfo(one));
  return result;
}

export function cycle(one: Pod, ...nodes: NodeInfo[]): Cycle {
  return newCycle(podInfo(one), nodes, { namespaceLabels: () => ({}), siblingSelector: () => [] });
}

/** What a plugin says about each node. */
export function verdicts(plugin: Plugin, of: Cycle): (Refusal | undefined)[] {
  const prepared = plugin.prepareFilter?.(of);
  return of.nodes.map((one) => prepared?.refusal ?? prepared?.check?.(one));
}
