import { matchesSelector, selectorFromMap } from '../../api/labels.js';
import { semanticEqual } from '../../api/object.js';
import { isPodAvailable, isPodReady } from '../../api/pods.js';
import { formatTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { ReplicaSet, ReplicaSetStatus, WorkloadCondition } from '../../api/types/workloads.js';
import type { Micros } from '../../kernel/time.js';

/** What a replica set's status should say (replicaset calculateStatus). */
export function replicaSetStatus(
  set: ReplicaSet,
  active: readonly Pod[],
  terminating: readonly Pod[],
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
    terminatingReplicas: terminating.length,
    ...(set.metadata.generation === undefined ? {} : { observedGeneration: set.metadata.generation }),
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

/** Whether writing the status would change nothing. */
export function sameReplicaSetStatus(set: ReplicaSet, status: ReplicaSetStatus): boolean {
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
  set: ReplicaSet,
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
