import { conditionGeneration, isDeleting, podPriority, withPodCondition } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import type { SchedulerContext } from '../context.js';
import { PODS } from '../resource-types.js';
import { type Candidate, PREEMPTION_REASON } from './preempt.js';

const STRATEGIC = 'application/strategic-merge-patch+json';
const IN_STATUS = { subresource: 'status' };

/** Evicts the victims: the condition that says why, then the deletion. Throws what the server refused with. */
export function* evictVictims(context: SchedulerContext, preemptor: Pod, { node, victims }: Candidate): Waiting<void> {
  const uid = preemptor.metadata.uid ?? '';
  const leaving = victims.filter((pod) => !isDeleting(pod));
  if (leaving.length === 0) return;
  context.preempting.add(uid);
  yield* clearLowerNominations(context, preemptor, node);
  for (const victim of leaving) {
    try {
      yield* evict(context, preemptor, victim);
    } catch (error) {
      if (isNotFound(error)) continue;
      context.preempting.delete(uid);
      context.queue.release(preemptor);
      throw error;
    }
    const note = `Preempted by pod ${preemptor.metadata.uid} on node ${node}`;
    const remark = { type: 'Normal', reason: 'Preempted', action: 'Preempting', note, related: preemptor } as const;
    context.recorderFor(preemptor).event(victim, remark);
  }
  context.preempting.delete(uid);
  // When the last one is gone already, nothing more will be heard of it.
  const last = leaving.at(-1)?.metadata;
  const left = last && context.informers.informer<Pod>(PODS).get(last.namespace, last.name ?? '');
  if (left?.metadata.uid !== last?.uid) context.queue.release(preemptor);
}

function* evict({ client, sys }: SchedulerContext, preemptor: Pod, victim: Pod): Waiting<void> {
  const { name = '', namespace } = victim.metadata;
  const scheduler = preemptor.spec.schedulerName ?? 'default-scheduler';
  const message = `${scheduler}: preempting to accommodate a higher priority pod`;
  const condition = { type: 'DisruptionTarget', status: 'True', reason: PREEMPTION_REASON, message };
  const full = { ...condition, ...conditionGeneration(victim) };
  const status = withPodCondition(victim.status ?? {}, full, formatTime(sys.now()));
  const written = status?.conditions?.filter(({ type }) => type === condition.type);
  if (written) yield* client.patch(PODS, name, namespace, STRATEGIC, { status: { conditions: written } }, IN_STATUS);
  yield* client.delete(PODS, name, namespace);
}

/** Pods of lower priority that were promised room on the node look for another. */
function* clearLowerNominations(context: SchedulerContext, preemptor: Pod, node: string): Waiting<void> {
  for (const pod of context.nominated.on(node)) {
    if (podPriority(pod) >= podPriority(preemptor)) continue;
    context.nominated.remove(pod);
    const { name = '', namespace } = pod.metadata;
    try {
      const none = { status: { nominatedNodeName: null } };
      yield* context.client.patch(PODS, name, namespace, STRATEGIC, none, IN_STATUS);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
