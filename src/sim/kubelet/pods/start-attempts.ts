import { formatDuration } from '../../api/duration.js';
import type { CriContainer } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { containerReference, podText } from '../context.js';
import { attemptsOf } from '../status/newest.js';
import { Backoff } from './backoff.js';
import { type StartParts, startContainer } from './start-container.js';
import { type SyncFailures, tellStartFailure } from './sync-failures.js';
import type { WorkerState } from './worker-state.js';

/** How an attempt to start a container went; `until`: the end of the back-off that it waits for. */
export type StartOutcome = 'started' | { readonly until: Micros | undefined };

/** Starts containers of one pod, those that ended again and again after growing pauses. */
export class StartAttempts {
  private readonly parts: StartParts;
  private readonly state: WorkerState;
  private readonly failures: SyncFailures;
  private readonly backoff = new Backoff();

  constructor(parts: StartParts, state: WorkerState, failures: SyncFailures) {
    this.parts = parts;
    this.state = state;
    this.failures = failures;
  }

  /** Starts a container unless its back-off is not over. `before`: the containers as the sync found them. */
  *start(pod: Pod, container: Container, before: readonly CriContainer[]): Waiting<StartOutcome> {
    const { context } = this.parts;
    const now = context.sys.now();
    const last = attemptsOf(before, container.name).find(({ state }) => state === 'CONTAINER_EXITED');
    const key = backoffKey(container);
    if (last) {
      const since = last.finishedAt ?? now;
      if (this.backoff.isWaitingSince(key, since, now)) return this.waitInBackoff(pod, container, since);
      this.backoff.next(key, since, now);
    }
    const failure = yield* startContainer(this.parts, pod, container, this.state);
    if (!failure) {
      this.state.waiting.delete(container.name);
      return 'started';
    }
    this.state.waiting.set(container.name, failure);
    this.failures.action('StartContainer', container.name, failure);
    tellStartFailure(context.log, pod, container, failure);
    return { until: undefined };
  }

  private waitInBackoff(pod: Pod, container: Container, since: Micros): StartOutcome {
    const { name } = container;
    const span = this.backoff.get(backoffKey(container));
    const words = `Back-off restarting failed container ${name} in pod ${podText(pod)}`;
    this.parts.context.recorder.event(containerReference(pod, container), 'Warning', 'BackOff', words);
    const message = `back-off ${formatDuration(span)} restarting failed container=${name} pod=${podText(pod)}`;
    const failure = { reason: 'CrashLoopBackOff', message };
    this.state.waiting.set(name, failure);
    this.failures.action('StartContainer', name, failure);
    return { until: since + span };
  }
}

/** Another image or other resources are a new beginning (GetBackoffKey). */
function backoffKey({ name, image, resources }: Container): string {
  return `${name}/${image}/${JSON.stringify(resources ?? {})}`;
}
