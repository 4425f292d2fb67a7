import { isPodReady, podCondition } from '../../api/pods.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import { type Micros, SECOND } from '../../kernel/time.js';

/** How long until the next of the pods has been ready for `minReadySeconds`; that many seconds when none is about to. */
export function nextAvailability(pods: readonly Pod[], minReadySeconds: number, now: Micros): Micros {
  const span = minReadySeconds * SECOND;
  let next: Micros | undefined;
  for (const pod of pods) {
    const since = isPodReady(pod) ? parseOptionalTime(podCondition(pod, 'Ready')?.lastTransitionTime) : undefined;
    if (since === undefined || since + span <= now) continue;
    next = Math.min(next ?? since + span - now, since + span - now);
  }
  return next ?? span;
}
