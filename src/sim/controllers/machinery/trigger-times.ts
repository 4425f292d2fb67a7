import { podCondition } from '../../api/pods.js';
import { formatTime, parseOptionalTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import type { Micros } from '../../kernel/time.js';
import { keyOf } from './keys.js';

/** By which a reader of endpoints can tell how long it took that they changed. */
const LAST_CHANGE = 'endpoints.kubernetes.io/last-change-trigger-time';

interface Seen {
  readonly service: Micros;
  /** When each pod became ready or not, by name. */
  readonly pods: ReadonlyMap<string, Micros>;
}

/** What made endpoints change: a service that came, or a pod that became ready or not (TriggerTimeTracker). */
export class TriggerTimes {
  private readonly seen = new Map<string, Seen>();

  /**
   * The earliest of the changes since a service was last looked at, as `2026-01-01T00:00:00Z`; of a new service when it
   * was made. Undefined when nothing has a new time: a pod that went, or that is going, has none.
   */
  changed(service: Service, pods: readonly Pod[]): string | undefined {
    const key = keyOf(service);
    const before = this.seen.get(key);
    const made = parseOptionalTime(service.metadata.creationTimestamp) ?? 0;
    const times = new Map<string, Micros>();
    const changed: Micros[] = made > (before?.service ?? 0) ? [made] : [];
    for (const pod of pods) {
      const time = parseOptionalTime(podCondition(pod, 'Ready')?.lastTransitionTime);
      if (time === undefined) continue;
      const name = pod.metadata.name ?? '';
      times.set(name, time);
      if (time > (before?.pods.get(name) ?? 0)) changed.push(time);
    }
    this.seen.set(key, { service: made, pods: times });
    if (!before) return formatTime(made);
    return changed.length === 0 ? undefined : formatTime(Math.min(...changed));
  }

  /** A service that is gone. */
  forget(key: string): void {
    this.seen.delete(key);
  }
}

/** Annotations that tell of a change at a time, or of none. */
export function withTrigger(
  annotations: Readonly<Record<string, string>> | undefined,
  time: string | undefined,
): Record<string, string> {
  const { [LAST_CHANGE]: _, ...others } = annotations ?? {};
  return time === undefined ? others : { ...others, [LAST_CHANGE]: time };
}
