import { deepCopy, type JsonObject } from '../../api/object.js';
import { twoWayPatch } from '../../api/patch/strategic-diff.js';
import { conditionGeneration, withPodCondition } from '../../api/pods.js';
import { formatTime } from '../../api/time.js';
import type { Pod, PodStatus } from '../../api/types/pod.js';
import type { ApiClient } from '../../client/client.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { PODS } from './resource-types.js';

/** Writes a pod's status over what the given version had. */
export function* updatePodStatus(client: ApiClient, pod: Pod, status: PodStatus): Waiting<void> {
  yield* client.update(PODS, { ...deepCopy(pod), status }, { subresource: 'status' });
}

/** Changes in a pod's status what differs from what the given version had, whatever else was changed since (PatchPodStatus). */
export function* patchPodStatus(client: ApiClient, pod: Pod, status: PodStatus): Waiting<void> {
  const { name = '', namespace, uid } = pod.metadata;
  const withStatus = (of: PodStatus | undefined) =>
    ({ apiVersion: 'v1', kind: 'Pod', status: of }) as unknown as JsonObject;
  const { status: change } = twoWayPatch(withStatus(pod.status ?? {}), withStatus(status));
  if (change === undefined) return;
  const type = 'application/strategic-merge-patch+json';
  yield* client.patch(PODS, name, namespace, type, { metadata: { uid }, status: change }, { subresource: 'status' });
}

/** The status with the condition that says who is about to delete the pod, and why; undefined when it says so already. */
export function disruptionTarget(pod: Pod, reason: string, message: string, now: Micros): PodStatus | undefined {
  const condition = { type: 'DisruptionTarget', status: 'True', reason, message, ...conditionGeneration(pod) };
  return withPodCondition(pod.status ?? {}, condition, formatTime(now));
}
