import type { KubeObject } from '../../../../src/sim/api/object.js';
import { COMPLETE, JOB, LABELS, NODE, object, owned, pod, QUOTA, READY, SERVICE } from './objects.js';

const EVICTED = {
  conditions: [...READY.conditions, { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }],
};
const BUDGET = object(
  'PodDisruptionBudget',
  'b',
  { spec: { selector: { matchLabels: LABELS } }, status: { desiredHealthy: 1, observedGeneration: 1 } },
  { generation: 1 },
);

/** Of what a watcher is told: a change that may be, and beside it one that may not and is so told. */
interface ToldCase {
  readonly says: string;
  /** What is there before and, changed by what is told, after. */
  readonly there: readonly KubeObject[];
  readonly before?: KubeObject;
  readonly good: KubeObject;
  readonly bad: KubeObject;
  readonly plural: string;
  readonly tells: RegExp;
}

/** By the name of the invariant. */
export const TOLD: Readonly<Record<string, readonly ToldCase[]>> = {
  'budgets are never broken by eviction': [
    {
      says: 'the last one',
      there: [BUDGET],
      before: pod('p'),
      good: pod('p', { status: { conditions: [] } }),
      bad: pod('p', { status: EVICTED }),
      plural: 'pods',
      tells: /leaves 0 of PodDisruptionBudget n\/b, which wants 1/,
    },
    {
      says: 'nobody has counted',
      there: [{ ...BUDGET, status: {} } as KubeObject, pod('q')],
      before: pod('p'),
      good: pod('p'),
      bad: pod('p', { status: EVICTED }),
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
