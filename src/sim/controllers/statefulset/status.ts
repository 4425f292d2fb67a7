import { isDeleting, isPodAvailable } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { StatefulSet, StatefulSetStatus } from '../../api/types/workloads.js';
import type { Micros } from '../../kernel/time.js';
import { isCreated, isRunningAndReady, revisionOfPod } from './identity.js';
import type { SetRevisions } from './revisions.js';

/** What a status says about revisions and numbers, as they are counted. */
export interface Counted extends StatefulSetStatus {
  currentReplicas: number;
  updatedReplicas: number;
  readyReplicas: number;
}

/** Counts pods into what the set's status should say (statefulset updateStatus). */
export function countPods(set: StatefulSet, revisions: SetRevisions, pods: readonly Pod[], now: Micros): Counted {
  const created = pods.filter(isCreated);
  const staying = created.filter((pod) => !isDeleting(pod));
  const of = (revision: string | undefined) => staying.filter((pod) => revisionOfPod(pod) === revision).length;
  const ready = pods.filter(isRunningAndReady);
  const [current, update] = [revisions.current.metadata.name ?? '', revisions.update.metadata.name ?? ''];
  return {
    ...(set.metadata.generation === undefined ? {} : { observedGeneration: set.metadata.generation }),
    currentRevision: current,
    updateRevision: update,
    collisionCount: revisions.collisions,
    replicas: created.length,
    readyReplicas: ready.length,
    availableReplicas: ready.filter((pod) => isPodAvailable(pod, set.spec.minReadySeconds ?? 0, now)).length,
    currentReplicas: of(current),
    updatedReplicas: of(update),
  };
}

/** The status with the update's revision as the current one, once all pods are of it and ready. */
export function completed(set: StatefulSet, status: Counted): Counted {
  const replicas = set.spec.replicas ?? 1;
  const done =
    set.spec.updateStrategy?.type === 'RollingUpdate' &&
    [status.updatedReplicas, status.readyReplicas, status.replicas].every((count) => count === replicas);
  if (!done) return status;
  return { ...status, currentReplicas: status.updatedReplicas, currentRevision: status.updateRevision ?? '' };
}

/** Whether writing the status would change nothing. */
export function sameStatus({ status: before }: StatefulSet, status: Counted): boolean {
  const fields = [
    'replicas',
    'currentReplicas',
    'readyReplicas',
    'updatedReplicas',
    'currentRevision',
    'availableReplicas',
    'updateRevision',
  ] as const;
  return (
    (status.observedGeneration ?? 0) <= (before?.observedGeneration ?? 0) &&
    fields.every((field) => (before?.[field] || 0) === (status[field] || 0))
  );
}
