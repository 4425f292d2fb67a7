import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { placeOf, viewOf } from './cluster-view.js';
import type { Settled } from './invariants/invariant.js';
import { INVARIANTS } from './invariants/register.js';

const LABELS = { app: 'a' };

function object(kind: string, name: string, more: object = {}, metadata: object = {}): KubeObject {
  const everywhere = kind === 'Node' || kind === 'Namespace';
  const place = everywhere ? {} : { namespace: 'n' };
  return { apiVersion: 'v1', kind, metadata: { name, uid: `uid-${name}`, ...place, ...metadata }, ...more } as never;
}

const READY = { conditions: [{ type: 'Ready', status: 'True' }] };
const NAMESPACE = object('Namespace', 'n');
const NODE = node({});

function node(more: object, name = 'm'): KubeObject {
  return object('Node', name, {
    spec: more,
    status: { ...READY, allocatable: { cpu: '1', memory: '1Gi', pods: '10' } },
  });
}

function pod(name: string, { spec = {}, status = {}, metadata = {} }: Record<string, object> = {}): KubeObject {
  const containers = [{ name: 'c', resources: { requests: { cpu: '600m' } } }];
  const whole = { spec: { nodeName: 'm', containers, ...spec }, status: { phase: 'Running', ...READY, ...status } };
  return object('Pod', name, whole, { labels: LABELS, ...metadata });
}

function owned(name: string, kind: string, more: Record<string, object> = {}): KubeObject {
  const ownerReferences = [{ kind, name: 'o', uid: 'uid-o', controller: true }];
  return pod(name, { ...more, metadata: { ownerReferences, ...more['metadata'] } });
}

/** A cluster that came to rest with these objects, but for what is said of it. */
function settled(objects: readonly KubeObject[], more: Partial<Settled> = {}): Settled {
  const view = viewOf([NAMESPACE, ...objects]);
  return { watched: view, listed: view, later: view, sandboxes: new Map(), ...more };
}

function replicas(kind: string, wanted: number, readyReplicas: number): KubeObject {
  return object(kind, 'o', {
    spec: { replicas: wanted, template: { spec: {} } },
    status: { replicas: wanted, readyReplicas },
  });
}

const WAITING = pod('p', { spec: { nodeName: undefined as never }, status: { phase: 'Pending', conditions: [] } });
const TAINTED = node({ taints: [{ key: 'k', effect: 'NoSchedule' }] });
const QUOTA = object('ResourceQuota', 'q', {
  spec: { hard: { pods: '2' } },
  status: { hard: { pods: '2' }, used: { pods: '1' } },
});
const JOB = object('Job', 'o', { spec: { completions: 1, parallelism: 1 }, status: { active: 1 } });
const DONE = { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] };
const COMPLETE = object('Job', 'o', { spec: { completions: 1 }, status: DONE });
const SERVICE = object('Service', 's', { spec: { selector: LABELS } });
const SLICE_LABELS = { 'kubernetes.io/service-name': 's' };
const SLICE = object('EndpointSlice', 's-1', { endpoints: [{ addresses: ['1.1.1.1'] }] }, { labels: SLICE_LABELS });
const AT = { status: { podIP: '1.1.1.1' } };

/** What holds, and beside it what does not and is so told. */
const SETTLED: Readonly<
  Record<
    string,
    readonly { readonly says: string; readonly good: Settled; readonly bad: Settled; readonly tells: RegExp }[]
  >
> = {
  'a second settle changes nothing': [
    {
      says: 'a heartbeat is nothing',
      good: settled([NODE], { later: viewOf([NAMESPACE, heartbeat()]) }),
      bad: settled([NODE], { later: viewOf([NAMESPACE, TAINTED]) }),
      tells: /Node m changed/,
    },
    {
      says: 'something comes',
      good: settled([NODE]),
      bad: settled([], { later: viewOf([NAMESPACE, NODE]) }),
      tells: /m came/,
    },
    {
      says: 'something goes',
      good: settled([]),
      bad: settled([NODE], { later: viewOf([NAMESPACE]) }),
      tells: /m went/,
    },
  ],
  'containers belong to pods': [
    {
      says: 'a sandbox without a pod',
      good: settled([pod('p')], { sandboxes: new Map([['m', ['uid-p']]]) }),
      bad: settled([pod('p')], { sandboxes: new Map([['m', ['uid-p', 'uid-x']]]) }),
      tells: /of nobody runs: uid-x/,
    },
    {
      says: 'a pod with two',
      good: settled([pod('p', { status: { phase: 'Failed' } })], { sandboxes: new Map([['m', []]]) }),
      bad: settled([pod('p')], { sandboxes: new Map([['m', ['uid-p', 'uid-p']]]) }),
      tells: /n\/p has 2 sandboxes/,
    },
  ],
  'endpoints are the ready pods': [
    {
      says: 'a pod that is not ready',
      good: settled([SERVICE, SLICE, pod('p', AT)]),
      bad: settled([SERVICE, SLICE, pod('p', { status: { podIP: '1.1.1.1', conditions: [] } })]),
      tells: /leads to 1\.1\.1\.1, ready are none/,
    },
  ],
  'what was written is observed': [
    {
      says: 'nobody looked',
      good: settled([object('Deployment', 'd', { status: { observedGeneration: 2 } }, { generation: 2 })]),
      bad: settled([object('Deployment', 'd', { status: { observedGeneration: 1 } }, { generation: 2 })]),
      tells: /is of generation 2, seen is 1/,
    },
  ],
  'jobs count their pods': [
    {
      says: 'active pods',
      good: settled([JOB, NODE, WAITING, owned('j', 'Job', { spec: { nodeName: undefined as never } })]),
      bad: settled([JOB]),
      tells: /1 pods are at work, and 0 are/,
    },
    {
      says: 'too few have succeeded',
      good: settled([COMPLETE]),
      bad: settled([{ ...COMPLETE, status: { ...DONE, succeeded: 0 } } as KubeObject]),
      tells: /complete with 0 of 1/,
    },
    {
      says: 'no end',
      good: settled([COMPLETE]),
      bad: settled([JOB, owned('j', 'Job')]),
      tells: /does not come to an end/,
    },
  ],
  'nobody waits in vain': [
    {
      says: 'there is room',
      good: settled([WAITING, TAINTED]),
      bad: settled([WAITING, NODE]),
      tells: /there is room on m/,
    },
    {
      says: 'it does not get ready',
      good: settled([pod('p')]),
      bad: settled([pod('p', { status: { conditions: [] } })]),
      tells: /does not get ready/,
    },
    {
      says: 'it does not go',
      good: settled([NODE]),
      bad: settled([pod('p', { metadata: { deletionTimestamp: 'now' } })]),
      tells: /does not go/,
    },
  ],
  'no orphan outlives its owner': [
    {
      says: 'an owner is gone',
      good: settled([replicas('ReplicaSet', 1, 1), NODE, owned('p', 'ReplicaSet')]),
      bad: settled([
        NODE,
        replicas('Job', 1, 1),
        owned('p', 'ReplicaSet'),
        { ...replicas('ReplicaSet', 1, 1), metadata: { name: 'x', namespace: 'n', uid: 'other' } },
        { ...JOB, metadata: { name: 'o', namespace: 'n', uid: 'third' } } as KubeObject,
      ]),
      tells: /Pod n\/p outlives its owner ReplicaSet o/,
    },
    { says: 'a node is gone', good: settled([NODE, pod('p')]), bad: settled([pod('p')]), tells: /outlives its node m/ },
    {
      says: 'a namespace is gone',
      good: settled([SERVICE]),
      bad: settled([{ ...SERVICE, metadata: { name: 's', namespace: 'gone' } }]),
      tells: /outlives its namespace/,
    },
    {
      says: 'a service is gone',
      good: settled([SERVICE, SLICE]),
      bad: settled([SLICE]),
      tells: /outlives its service/,
    },
  ],
  'quotas are kept': [
    {
      says: 'used is not what is there',
      good: settled([QUOTA, pod('p')]),
      bad: settled([QUOTA]),
      tells: /1 pods are used of 0/,
    },
  ],
  'replicas converge when capacity allows': [
    {
      says: 'one is missing',
      good: settled([replicas('StatefulSet', 1, 1), owned('p', 'StatefulSet')]),
      bad: settled([replicas('StatefulSet', 2, 1), owned('p', 'StatefulSet')]),
      tells: /wants 2 pods and has 1/,
    },
    {
      says: 'no room excuses',
      good: settled([
        replicas('ReplicaSet', 1, 0),
        owned('p', 'ReplicaSet', { spec: { nodeName: undefined as never }, status: { conditions: [] } }),
      ]),
      bad: settled([replicas('ReplicaSet', 1, 0), owned('p', 'ReplicaSet', { status: { conditions: [] } })]),
      tells: /wants 1 pods and has 0/,
    },
    {
      says: 'a node has none of a daemon set',
      good: settled([
        object('DaemonSet', 'o', { spec: { template: { spec: {} } }, status: { numberReady: 1 } }),
        NODE,
        owned('p', 'DaemonSet'),
      ]),
      bad: settled([
        object('DaemonSet', 'o', { spec: { template: { spec: {} } }, status: { numberReady: 1 } }),
        NODE,
        node({}, 'l'),
        owned('p', 'DaemonSet'),
      ]),
      tells: /wants 2 pods and has 1/,
    },
  ],
  'every watcher equals the store': [
    {
      says: 'not told',
      good: settled([NODE]),
      bad: settled([NODE], { watched: viewOf([NAMESPACE]) }),
      tells: /no watcher was told of nodes m/,
    },
    {
      says: 'told otherwise',
      good: settled([NODE]),
      bad: settled([NODE], { watched: viewOf([NAMESPACE, TAINTED]) }),
      tells: /another nodes m/,
    },
    {
      says: 'not told that it went',
      good: settled([]),
      bad: settled([], { watched: viewOf([NAMESPACE, NODE]) }),
      tells: /is gone and no watcher/,
    },
  ],
};

function heartbeat(): KubeObject {
  const conditions = [{ type: 'Ready', status: 'True', lastHeartbeatTime: 'later' }];
  const { metadata, ...rest } = NODE;
  return {
    ...rest,
    metadata: { ...metadata, resourceVersion: '9' },
    status: { ...(NODE['status'] as object), conditions },
  } as never;
}

const evicted = {
  conditions: [...READY.conditions, { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }],
};
const BUDGET = object(
  'PodDisruptionBudget',
  'b',
  { spec: { selector: { matchLabels: LABELS } }, status: { desiredHealthy: 1, observedGeneration: 1 } },
  { generation: 1 },
);

interface Row {
  readonly says: string;
  /** What is there before and, changed by what is told, after. */
  readonly there: readonly KubeObject[];
  readonly before?: KubeObject;
  readonly good: KubeObject;
  readonly bad: KubeObject;
  readonly plural: string;
  readonly tells: RegExp;
}

const TOLD: Readonly<Record<string, readonly Row[]>> = {
  'budgets are never broken by eviction': [
    {
      says: 'the last one',
      there: [BUDGET],
      before: pod('p'),
      good: pod('p', { status: { conditions: [] } }),
      bad: pod('p', { status: evicted }),
      plural: 'pods',
      tells: /leaves 0 of PodDisruptionBudget n\/b, which wants 1/,
    },
    {
      says: 'nobody has counted',
      there: [{ ...BUDGET, status: {} } as KubeObject, pod('q')],
      before: pod('p'),
      good: pod('p'),
      bad: pod('p', { status: evicted }),
      plural: 'pods',
      tells: /before PodDisruptionBudget n\/b is counted/,
    },
  ],
  'what was written is observed': [
    {
      says: 'what is not written',
      there: [],
      good: object('Deployment', 'd', { status: { observedGeneration: 1 } }, { generation: 1 }),
      bad: object('Deployment', 'd', { status: { observedGeneration: 2 } }, { generation: 1 }),
      plural: 'deployments',
      tells: /says that 2 is observed/,
    },
    {
      says: 'what is forgotten',
      there: [],
      before: object('Deployment', 'd', { status: { observedGeneration: 2 } }, { generation: 2 }),
      good: object('Deployment', 'd', { status: { observedGeneration: 3 } }, { generation: 3 }),
      bad: object('Deployment', 'd', { status: { observedGeneration: 1 } }, { generation: 3 }),
      plural: 'deployments',
      tells: /observed 2, and now 1/,
    },
  ],
  'jobs count their pods': [
    {
      says: 'too many',
      there: [JOB, owned('j', 'Job')],
      good: pod('k'),
      bad: owned('k', 'Job'),
      plural: 'pods',
      tells: /has 2 pods at work/,
    },
    {
      says: 'another end',
      there: [],
      before: COMPLETE,
      good: COMPLETE,
      bad: { ...COMPLETE, status: { conditions: [{ type: 'Failed', status: 'True' }] } } as KubeObject,
      plural: 'jobs',
      tells: /was Complete and is Failed/,
    },
  ],
  'pods go forward': [
    {
      says: 'elsewhere',
      there: [],
      before: pod('p'),
      good: pod('p'),
      bad: pod('p', { spec: { nodeName: 'l' as never } }),
      plural: 'pods',
      tells: /went from m to l/,
    },
    {
      says: 'again',
      there: [],
      before: pod('p', { status: { phase: 'Failed' as never } }),
      good: pod('p', { status: { phase: 'Failed' as never } }),
      bad: pod('p'),
      plural: 'pods',
      tells: /was Failed and is Running/,
    },
    {
      says: 'restarts',
      there: [],
      before: pod('p', { status: { containerStatuses: [{ name: 'c', restartCount: 2 }] as never } }),
      good: pod('p', { status: { containerStatuses: [{ name: 'c', restartCount: 3 }] as never } }),
      bad: pod('p', { status: { containerStatuses: [{ name: 'c', restartCount: 1 }] as never } }),
      plural: 'pods',
      tells: /had 2 restarts of c and has 1/,
    },
  ],
  'quotas are kept': [
    {
      says: 'one too many',
      there: [QUOTA, pod('p'), pod('q')],
      good: SERVICE,
      bad: pod('r'),
      plural: 'pods',
      tells: /allows 2 pods, as number 3/,
    },
  ],
  'nothing is bound beyond allocatable': [
    {
      says: 'two of 600m on 1',
      there: [NODE, pod('p')],
      before: pod('q', { spec: { nodeName: undefined as never } }),
      good: pod('q', { spec: { containers: [] } }),
      bad: pod('q'),
      plural: 'pods',
      tells: /milliCpu: 1200 of 1000/,
    },
  ],
};

describe('what must hold is seen not to hold', () => {
  for (const { name, settled: judge, told } of INVARIANTS) {
    const rows = SETTLED[name] ?? [];
    const steps = TOLD[name] ?? [];
    it(`${name}: has cases for all that it looks at`, () => {
      expect([rows.length > 0, steps.length > 0]).toEqual([judge !== undefined, told !== undefined]);
    });
    for (const { says, good, bad, tells } of rows) {
      it(`${name}: ${says}`, () => {
        expect(judge?.(good)).toEqual([]);
        expect(judge?.(bad).join('\n')).toMatch(tells);
      });
    }
    for (const { says, there, before, good, bad, plural, tells } of steps) {
      it(`${name}: ${says}`, () => {
        const look = (after: KubeObject): readonly string[] => {
          const others = there.filter((one) => placeOf(one) !== placeOf(after) || one.kind !== after.kind);
          return told?.({ plural, before, after }, viewOf([NAMESPACE, ...others, after])) ?? [];
        };
        expect(look(good)).toEqual([]);
        expect(look(bad).join('\n')).toMatch(tells);
      });
    }
  }
});
