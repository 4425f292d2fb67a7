import { conditionGeneration, isDeleting, withPodCondition } from '../api/pods.js';
import { isNotFound, StatusError } from '../api/status.js';
import { formatTime } from '../api/time.js';
import type { Binding } from '../api/types/config.js';
import type { Pod } from '../api/types/pod.js';
import type { PodDisruptionBudget } from '../api/types/policy.js';
import { isUnreachable } from '../client/go-errors.js';
import type { Waiting } from '../kernel/wait.js';
import type { SchedulerContext } from './context.js';
import { type Placement, place } from './cycle.js';
import { fitErrorMessage, NO_NODES_MESSAGE } from './fit-error.js';
import type { Cycle, Reservation } from './plugin.js';
import { podInfo } from './pod-info.js';
import { evictVictims } from './preemption/evict.js';
import { preempt } from './preemption/preempt.js';
import { type Profile, schedulerOf } from './profile.js';
import type { QueuedPod } from './queue.js';
import { POD_DISRUPTION_BUDGETS, PODS } from './resource-types.js';
import { ReservationError, usesClaims } from './storage-view.js';

const STRATEGIC = 'application/strategic-merge-patch+json';
/** The longest note an event takes. */
const NOTE_LENGTH_MAX = 1024;

/** Places one pod: chooses a node and binds it there in a thread of its own, or says why there is none. */
export function* scheduleOne(context: SchedulerContext, queued: QueuedPod): Waiting<void> {
  const { cache, nominated, random, cluster } = context;
  const { pod } = queued;
  if (isDeleting(pod) || cache.isAssumed(pod.metadata.uid ?? '')) return context.queue.remove(pod);
  const nodes = cache.nodes();
  const profile = context.profiles.get(schedulerOf(pod));
  if (!profile) return context.queue.remove(pod);
  if (nodes.length === 0) {
    // No plugin is to blame, and so it is tried again and again, as after an error.
    const details: FailureDetails = { reason: 'Unschedulable', rejectedBy: new Set() };
    return yield* reportFailure(context, queued, NO_NODES_MESSAGE, details);
  }
  const cycle: Cycle = {
    pod: podInfo(pod),
    nodes,
    cluster,
    notes: cache.notes,
    nodesWithAffinity: cache.nodesWithAffinity(),
    journal: cache.changes(),
  };
  if (usesClaims(pod)) yield* context.storage.ready();
  const placement = place(profile, cycle, nominated, random, context.start);
  context.start = (context.start + placement.looked) % nodes.length;
  if ('node' in placement) {
    const reserved = reserve(profile, cycle, placement.node);
    cache.assume(pod, placement.node);
    context.queue.settle(pod);
    nominated.remove(pod);
    const { node } = placement;
    context.sys.thread(() => bind(context, queued, node, reserved));
    return;
  }
  yield* handleUnschedulable(context, profile, queued, cycle, placement);
}

function* handleUnschedulable(
  context: SchedulerContext,
  profile: Profile,
  queued: QueuedPod,
  cycle: Cycle,
  placement: Extract<Placement, { diagnosis: unknown }>,
): Waiting<void> {
  const { diagnosis, rejectedBy } = placement;
  const budgets = context.informers.informer<PodDisruptionBudget>(POD_DISRUPTION_BUDGETS).list();
  const result = preempt(profile, cycle, diagnosis, context.nominated, budgets);
  if ('message' in result) {
    const message = fitErrorMessage(diagnosis, result.message);
    return yield* reportFailure(context, queued, message, { reason: 'Unschedulable', rejectedBy });
  }
  const { candidate } = result;
  context.nominated.set(queued.pod, candidate.node);
  const details: FailureDetails = { reason: 'Unschedulable', rejectedBy, nominatedNode: candidate.node };
  yield* reportFailure(context, queued, fitErrorMessage(diagnosis), details);
  yield* evictVictims(context, queued.pod, candidate);
}

/** What the plugins keep for the pod on its node. */
function reserve({ reserving }: Profile, cycle: Cycle, name: string): Reserved[] {
  const node = cycle.nodes.find((one) => one.name === name);
  if (!node) return [];
  return reserving.flatMap((plugin) => {
    const reservation = plugin.reserve?.(cycle, node);
    return reservation ? [{ plugin: plugin.name, reservation }] : [];
  });
}

function* bind(
  context: SchedulerContext,
  queued: QueuedPod,
  node: string,
  reserved: readonly Reserved[],
): Waiting<void> {
  const { pod } = queued;
  const { name = '', namespace = '', uid } = pod.metadata;
  const binding: Binding = {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name, namespace, ...(uid === undefined ? {} : { uid }) },
    target: { kind: 'Node', name: node },
  };
  let failing = 'binding rejected: running Bind plugin "DefaultBinder"';
  try {
    if (reserved.length > 0) yield* expectNode(context, pod, node);
    for (const { plugin, reservation } of reserved) {
      const usual = failing;
      failing = `running PreBind plugin ${JSON.stringify(plugin)}`;
      yield* reservation.prepare();
      failing = usual;
    }
    yield* context.client.createSubresource(PODS, name, namespace, 'binding', binding);
    const note = `Successfully assigned ${namespace}/${name} to ${node}`;
    context.recorderFor(pod).event(pod, { type: 'Normal', reason: 'Scheduled', action: 'Binding', note });
    context.queue.remove(pod);
  } catch (error) {
    if (!(error instanceof StatusError) && !(error instanceof ReservationError) && !isUnreachable(error)) throw error;
    for (const { reservation } of reserved) reservation.release();
    context.cache.forget(uid ?? '');
    context.queue.announce({ kind: 'assigned pod deleted', pod });
    if (isNotFound(error)) return context.queue.remove(pod);
    const message = `${failing}: ${error.message}`;
    const nominated = reserved.length > 0 ? { nominatedNode: '' } : {};
    yield* reportFailure(context, queued, message, { reason: 'SchedulerError', rejectedBy: new Set(), ...nominated });
  }
}

/** Tells where a pod goes that waits for something there first (NominatedNodeNameForExpectation). */
function* expectNode({ client, log }: SchedulerContext, { metadata }: Pod, node: string): Waiting<void> {
  const status = { nominatedNodeName: node };
  try {
    const { name = '', namespace } = metadata;
    yield* client.patch(PODS, name, namespace, STRATEGIC, { status }, { subresource: 'status' });
  } catch (error) {
    if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
    const what = 'Failed to update the nominated node name in the binding cycle';
    log.error(error, what, { pod: metadata.name, nominatedNodeName: node }, 'schedule_one.go:424');
  }
}

interface Reserved {
  readonly plugin: string;
  readonly reservation: Reservation;
}

interface FailureDetails {
  readonly reason: 'Unschedulable' | 'SchedulerError';
  /** Plugins whose events bring the pod back; none: it is tried again after its back-off. */
  readonly rejectedBy: ReadonlySet<string>;
  readonly nominatedNode?: string;
}

/** Sets the pod aside and says why, in an event and in its condition PodScheduled. */
function* reportFailure(
  context: SchedulerContext,
  queued: QueuedPod,
  message: string,
  { reason, rejectedBy, nominatedNode }: FailureDetails,
): Waiting<void> {
  const where = 'schedule_one.go:1128';
  if (reason === 'SchedulerError')
    context.log.error(message, 'Error scheduling pod; retrying', { pod: queued.pod.metadata.name }, where);
  context.queue.setAside(queued, rejectedBy);
  const remark = {
    type: 'Warning',
    reason: 'FailedScheduling',
    action: 'Scheduling',
    note: truncate(message),
  } as const;
  context.recorderFor(queued.pod).event(queued.pod, remark);
  try {
    yield* writeCondition(context, queued.pod, { reason, message, nominatedNode });
  } catch (error) {
    if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
    if (!isNotFound(error)) context.log.error(error, 'Error updating pod', { pod: queued.pod.metadata.name }, where);
  }
}

function* writeCondition(
  { client, sys }: SchedulerContext,
  pod: Pod,
  { reason, message, nominatedNode }: { reason: string; message: string; nominatedNode: string | undefined },
): Waiting<void> {
  const condition = { type: 'PodScheduled', status: 'False', reason, message, ...conditionGeneration(pod) };
  const changed = withPodCondition(pod.status ?? {}, condition, formatTime(sys.now()));
  if (!changed && nominatedNode === undefined) return;
  const { name = '', namespace } = pod.metadata;
  const status = {
    ...(changed ? { conditions: changed.conditions?.filter(({ type }) => type === condition.type) ?? [] } : {}),
    ...(nominatedNode === undefined ? {} : { nominatedNodeName: nominatedNode || null }),
  };
  // A patch: the pod may have changed since it was taken from the queue.
  yield* client.patch(PODS, name, namespace, STRATEGIC, { status }, { subresource: 'status' });
}

function truncate(message: string): string {
  return message.length <= NOTE_LENGTH_MAX ? message : `${message.slice(0, NOTE_LENGTH_MAX - 4)} ...`;
}
