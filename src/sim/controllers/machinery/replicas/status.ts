import { matchesSelector, selectorFromMap } from '../../../api/labels.js';
import { type KubeObject, semanticEqual } from '../../../api/object.js';
import { isPodAvailable, isPodReady } from '../../../api/pods.js';
import { formatTime } from '../../../api/time.js';
import type { Pod, PodTemplateSpec } from '../../../api/types/pod.js';
import type { ReplicaSetStatus, WorkloadCondition } from '../../../api/types/workloads.js';
import type { Micros } from '../../../kernel/time.js';

/** What replica sets and replication controllers have alike. */
export interface ReplicaOwner extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly minReadySeconds?: number;
    readonly template?: PodTemplateSpec;
  };
  status?: ReplicaSetStatus;
}

/** What a replica set's status should say (replicaset calculateStatus). */
export function replicaSetStatus(
  set: ReplicaOwner,
  active: readonly Pod[],
  terminating: readonly Pod[] | undefined,
  failure: Error | undefined,
  now: Micros,
): ReplicaSetStatus {
  const templateLabels = selectorFromMap(set.spec.template?.metadata?.labels);
  const ready = active.filter(isPodReady);
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  const conditions = failureConditions(set, active.length, failure, now);
  return {
    replicas: active.length,
    fullyLabeledReplicas: active.filter((pod) => matchesSelector(templateLabels, pod.metadata.labels)).length,
    readyReplicas: ready.length,
    availableReplicas: ready.filter((pod) => isPodAvailable(pod, minReadySeconds, now)).length,
    ...(terminating ? { terminatingReplicas: terminating.length } : {}),
    ...(set.metadata.generation === undefined ? {} : { observedGeneration: set.metadata.generation }),
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

/** Whether writing the status would change nothing. */
export function sameReplicaSetStatus(set: ReplicaOwner, status: ReplicaSetStatus): boolean {
  const before = set.status ?? { replicas: 0 };
  const numbers = [
    'replicas',
    'fullyLabeledReplicas',
    'readyReplicas',
    'availableReplicas',
    'observedGeneration',
  ] as const;
  return (
    numbers.every((field) => (before[field] ?? 0) === (status[field] ?? 0)) &&
    before.terminatingReplicas === status.terminatingReplicas &&
    semanticEqual(before.conditions, status.conditions)
  );
}

function failureConditions(
  set: ReplicaOwner,
  active: number,
  failure: Error | undefined,
  now: Micros,
): WorkloadCondition[] {
  const before = set.status?.conditions ?? [];
  const others = before.filter(({ type }) => type !== 'ReplicaFailure');
  if (!failure) return others;
  if (others.length < before.length) return before;
  const reason = active < (set.spec.replicas ?? 1) ? 'FailedCreate' : 'FailedDelete';
  const lastTransitionTime = formatTime(now);
  return [...others, { type: 'ReplicaFailure', status: 'True', lastTransitionTime, reason, message: failure.message }];
}
