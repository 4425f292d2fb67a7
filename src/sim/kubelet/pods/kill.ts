import type { Container, Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerReference } from '../context.js';
import { isSidecar } from '../status/phase.js';
import { runHook } from './hooks.js';
import { withTimeout } from './http-get.js';
import type { WorkerState } from './worker-state.js';
import { allContainers, ephemeralContainers } from './worker-state.js';

/** No container gets less time than this to end, unless it is killed by force. */
const GRACE_SECONDS_MIN = 2;

/** Ends one container: event, preStop hook, stop signal, and KILL when the grace period is over. */
export function* killContainer(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  containerId: string,
  podIP: string,
  message: string,
  graceSeconds: number,
): Waiting<void> {
  const reference = containerReference(pod, container);
  context.recorder.event(reference, 'Normal', 'Killing', message || `Stopping container ${container.name}`);
  let left = graceSeconds;
  const hook = container.lifecycle?.preStop;
  if (hook && left > 0) {
    const from = context.sys.now();
    const run = runHook(context, container, hook, { containerId, podIP });
    const outcome = yield* withTimeout(context.sys, run, left * SECOND);
    if (outcome === 'timed-out')
      context.log.info('kuberuntime_container.go:787', 'PreStop hook not completed in grace period', {
        containerName: container.name,
        gracePeriod: graceSeconds,
      });
    else if (outcome !== undefined)
      context.recorder.event(reference, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
    left -= Math.floor((context.sys.now() - from) / SECOND);
  }
  const timeoutSeconds = Math.max(left, GRACE_SECONDS_MIN);
  try {
    yield* context.cri.call('StopContainer', { containerId, timeoutSeconds });
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    context.log.error('kuberuntime_container.go:913', error.grpc, 'Container termination failed with gracePeriod', {
      containerName: container.name,
    });
  }
}

/** Ends all of a pod's containers at once, sidecars after the others, and then its sandboxes. */
export function* killPod(context: KubeletContext, pod: Pod, state: WorkerState, graceSeconds: number): Waiting<void> {
  const running = [...allContainers(pod), ...ephemeralContainers(pod)].filter(({ name }) => state.running(name));
  const sidecars = running.filter((container) => isSidecar(container)).reverse();
  const others = running.filter((container) => !isSidecar(container));
  const started = context.sys.now();
  yield* killAll(context, pod, state, others, graceSeconds);
  for (const sidecar of sidecars) {
    const used = Math.floor((context.sys.now() - started) / SECOND);
    yield* killAll(context, pod, state, [sidecar], Math.max(graceSeconds - used, 0));
  }
  const { items } = yield* context.cri.call('ListPodSandbox', { podUid: pod.metadata.uid ?? '' });
  for (const { id } of items) yield* context.cri.call('StopPodSandbox', { podSandboxId: id });
}

function* killAll(
  context: KubeletContext,
  pod: Pod,
  state: WorkerState,
  containers: readonly Container[],
  graceSeconds: number,
): Waiting<void> {
  const changed = new WaitQueue();
  let left = containers.length;
  for (const container of containers) {
    const id = state.running(container.name)?.id ?? '';
    context.sys.thread(function* () {
      yield* killContainer(context, pod, container, id, state.podIP ?? context.nodeAddress, '', graceSeconds);
      left -= 1;
      changed.wakeAll();
    });
  }
  while (left > 0) yield changed;
}
