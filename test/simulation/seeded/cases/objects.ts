import type { KubeObject } from '../../../../src/sim/api/object.js';

export const LABELS = { app: 'a' };

/** An object of a kind, in the namespace `n` where it has one. */
export function object(kind: string, name: string, more: object = {}, metadata: object = {}): KubeObject {
  const everywhere = kind === 'Node' || kind === 'Namespace';
  const place = everywhere ? {} : { namespace: 'n' };
  return { apiVersion: 'v1', kind, metadata: { name, uid: `uid-${name}`, ...place, ...metadata }, ...more } as never;
}

export const READY = { conditions: [{ type: 'Ready', status: 'True' }] };
export const NAMESPACE = object('Namespace', 'n');
export const NODE = node({});

/** A node that is ready and has room for one CPU. */
export function node(more: object, name = 'm'): KubeObject {
  return object('Node', name, {
    spec: more,
    status: { ...READY, allocatable: { cpu: '1', memory: '1Gi', pods: '10' } },
  });
}

/** A pod of one container that runs on the node `m`. */
export function pod(name: string, { spec = {}, status = {}, metadata = {} }: Record<string, object> = {}): KubeObject {
  const containers = [{ name: 'c', resources: { requests: { cpu: '600m' } } }];
  const whole = { spec: { nodeName: 'm', containers, ...spec }, status: { phase: 'Running', ...READY, ...status } };
  return object('Pod', name, whole, { labels: LABELS, ...metadata });
}

/** A pod that the object `o` of a kind controls. */
export function owned(name: string, kind: string, more: Record<string, object> = {}): KubeObject {
  const ownerReferences = [{ kind, name: 'o', uid: 'uid-o', controller: true }];
  return pod(name, { ...more, metadata: { ownerReferences, ...more['metadata'] } });
}

/** A workload `o` of a kind, with so many replicas wanted and ready. */
export function replicas(kind: string, wanted: number, readyReplicas: number): KubeObject {
  return object(kind, 'o', {
    spec: { replicas: wanted, template: { spec: {} } },
    status: { replicas: wanted, readyReplicas },
  });
}

export const WAITING = pod('p', {
  spec: { nodeName: undefined as never },
  status: { phase: 'Pending', conditions: [] },
});
export const TAINTED = node({ taints: [{ key: 'k', effect: 'NoSchedule' }] });
export const QUOTA = object('ResourceQuota', 'q', {
  spec: { hard: { pods: '2' } },
  status: { hard: { pods: '2' }, used: { pods: '1' } },
});
export const JOB = object('Job', 'o', { spec: { completions: 1, parallelism: 1 }, status: { active: 1 } });
export const DONE = { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] };
export const COMPLETE = object('Job', 'o', { spec: { completions: 1 }, status: DONE });
export const SERVICE = object('Service', 's', { spec: { selector: LABELS } });
const SLICE_LABELS = { 'kubernetes.io/service-name': 's' };
export const SLICE = object(
  'EndpointSlice',
  's-1',
  { endpoints: [{ addresses: ['1.1.1.1'] }] },
  { labels: SLICE_LABELS },
);
export const AT = { status: { podIP: '1.1.1.1' } };
