import { deepCopy } from '../../api/object.js';
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

/** The status with the condition that says who is about to delete the pod, and why; undefined when it says so already. */
export function disruptionTarget(pod: Pod, reason: string, message: string, now: Micros): PodStatus | undefined {
  const condition = { type: 'DisruptionTarget', status: 'True', reason, message, ...conditionGeneration(pod) };
  return withPodCondition(pod.status ?? {}, condition, formatTime(now));
}
