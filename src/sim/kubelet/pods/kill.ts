import type { Container, Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerReference } from '../context.js';
import type { KillReason } from './actions.js';
import { runHook } from './hooks.js';
import { TerminationOrder } from './termination-order.js';
import type { WorkerState } from './worker-state.js';
import { allContainers, ephemeralContainers } from './worker-state.js';

/** No container gets less time than this to end, unless it is killed by force. */
const GRACE_SECONDS_MIN = 2;

/** One container that is to end. */
export interface KillRequest {
  readonly container: Container;
  readonly id: string;
  readonly podIP: string;
  /** What the event says; empty for the usual words. */
  readonly message: string;
  readonly reason?: KillReason;
  /** Counts more than what pod and probes say. */
  readonly graceSeconds?: number | undefined;
  readonly order?: TerminationOrder | undefined;
}

/** Ends one container: event, preStop hook, its turn, stop signal, and KILL when the grace period is over. */
export function* killContainer(context: KubeletContext, pod: Pod, request: KillRequest): Waiting<void> {
  const { container, id, order } = request;
  const reference = containerReference(pod, container);
  const message = request.message || `Stopping container ${container.name}`;
  context.recorder.event(reference, 'Normal', 'Killing', message.replaceAll(id, container.name));
  let left = request.graceSeconds ?? graceOf(pod, container, request.reason);
  if (left > 0) left -= yield* preStop(context, pod, request, left);
  if (order && left > 0) left -= yield* order.turnOf(context.sys, container.name, left);
  const timeoutSeconds = Math.max(left, GRACE_SECONDS_MIN);
  try {
    yield* context.cri.call('StopContainer', { containerId: id, timeoutSeconds });
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    context.log.error('kuberuntime_container.go:913', error.grpc, 'Container termination failed with gracePeriod', {
      containerName: container.name,
    });
  }
  order?.ended(container.name);
}

/** Seconds a container gets to end: what whoever deleted the pod said, what a failed probe says, else the pod's own. */
function graceOf({ metadata, spec }: Pod, container: Container, reason: KillReason): number {
  const { deletionGracePeriodSeconds: asked } = metadata;
  if (asked !== undefined && asked !== null) return asked;
  const { terminationGracePeriodSeconds } = spec;
  if (terminationGracePeriodSeconds === undefined) return GRACE_SECONDS_MIN;
  const probe = { liveness: container.livenessProbe, startup: container.startupProbe };
  return (reason && probe[reason]?.terminationGracePeriodSeconds) ?? terminationGracePeriodSeconds;
}

/** Runs the hook for at most the grace period; returns whole seconds it took. */
function* preStop(
  context: KubeletContext,
  pod: Pod,
  { container, id, podIP }: KillRequest,
  graceSeconds: number,
): Waiting<number> {
  const hook = container.lifecycle?.preStop;
  if (!hook) return 0;
  const from = context.sys.now();
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const fields = { pod: name, containerName: container.name };
  const until = from + graceSeconds * SECOND;
  const over = new WaitQueue();
  let running = true;
  // A hook that takes too long is left alone, and heard of when it fails after all.
  context.sys.thread(function* () {
    const failure = yield* runHook(context, pod, container, hook, { containerId: id, podIP });
    running = false;
    over.wakeAll();
    if (!failure) return;
    context.log.error('kuberuntime_container.go:791', failure.error, 'PreStop hook failed', fields);
    // The event says nothing of what was written, lest secrets get out.
    context.recorder.event(containerReference(pod, container), 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  });
  while (running && context.sys.now() < until) yield { queues: [over], until };
  if (running) {
    const gracePeriod = { ...fields, gracePeriod: graceSeconds };
    context.log.info('kuberuntime_container.go:787', 'PreStop hook not completed in grace period', gracePeriod);
  }
  return Math.floor((context.sys.now() - from) / SECOND);
}

/** Ends all of a pod's containers at once, sidecars waiting for their turn, and then its sandboxes. */
export function* killPod(
  context: KubeletContext,
  pod: Pod,
  state: WorkerState,
  graceSeconds: number | undefined,
): Waiting<void> {
  const running = [...allContainers(pod), ...ephemeralContainers(pod)].filter(({ name }) => state.running(name));
  const order = TerminationOrder.of(pod, new Set(running.map(({ name }) => name)));
  const changed = new WaitQueue();
  let left = running.length;
  for (const container of running) {
    const id = state.running(container.name)?.id ?? '';
    const podIP = state.podIP ?? context.nodeAddress;
    context.sys.thread(function* () {
      yield* killContainer(context, pod, { container, id, podIP, message: '', graceSeconds, order });
      left -= 1;
      changed.wakeAll();
    });
  }
  while (left > 0) yield changed;
  const { items } = yield* context.cri.call('ListPodSandbox', { podUid: pod.metadata.uid ?? '' });
  for (const { id } of items) yield* context.cri.call('StopPodSandbox', { podSandboxId: id });
}
