import type { KubeObject } from '../../../../src/sim/api/object.js';
import { viewOf } from '../cluster-view.js';
import type { Settled } from '../invariants/invariant.js';
import {
  AT,
  COMPLETE,
  DONE,
  JOB,
  NAMESPACE,
  NODE,
  node,
  object,
  owned,
  pod,
  QUOTA,
  replicas,
  SERVICE,
  SLICE,
  TAINTED,
  WAITING,
} from './objects.js';

/** Of a cluster at rest: what holds, and beside it what does not and is so told. */
interface SettledCase {
  readonly says: string;
  readonly good: Settled;
  readonly bad: Settled;
  readonly tells: RegExp;
}

/** By the name of the invariant. */
export const SETTLED: Readonly<Record<string, readonly SettledCase[]>> = {
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

/** A cluster that came to rest with these objects, but for what is said of it. */
function settled(objects: readonly KubeObject[], more: Partial<Settled> = {}): Settled {
  const view = viewOf([NAMESPACE, ...objects]);
  return { watched: view, listed: view, later: view, sandboxes: new Map(), ...more };
}

function heartbeat(): KubeObject {
  const conditions = [{ type: 'Ready', status: 'True', lastHeartbeatTime: 'later' }];
  const { metadata, ...rest } = NODE;
  return {
    ...rest,
    metadata: { ...metadata, resourceVersion: '9' },
    status: { ...(NODE['status'] as object), conditions },
  } as never;
}
