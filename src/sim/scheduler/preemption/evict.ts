import { deepCopy } from '../../api/object.js';
import { conditionGeneration, isDeleting, podPriority, withPodCondition } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import type { SchedulerContext } from '../context.js';
import { PODS } from '../resource-types.js';
import { type Candidate, PREEMPTION_REASON } from './preempt.js';

/** Evicts the victims: the condition that says why, then the deletion. Throws what the server refused with. */
export function* evictVictims(context: SchedulerContext, preemptor: Pod, { node, victims }: Candidate): Waiting<void> {
  yield* clearLowerNominations(context, preemptor, node);
  for (const victim of victims.filter((pod) => !isDeleting(pod))) {
    try {
      yield* evict(context, preemptor, victim);
    } catch (error) {
      if (isNotFound(error)) continue;
      throw error;
    }
    const note = `Preempted by pod ${preemptor.metadata.uid} on node ${node}`;
    const remark = { type: 'Normal', reason: 'Preempted', action: 'Preempting', note, related: preemptor } as const;
    context.recorderFor(preemptor).event(victim, remark);
  }
}

function* evict({ client, sys }: SchedulerContext, preemptor: Pod, victim: Pod): Waiting<void> {
  const { name = '', namespace } = victim.metadata;
  const scheduler = preemptor.spec.schedulerName ?? 'default-scheduler';
  const message = `${scheduler}: preempting to accommodate a higher priority pod`;
  const condition = { type: 'DisruptionTarget', status: 'True', reason: PREEMPTION_REASON, message };
  const newest = yield* client.get<Pod>(PODS, name, namespace);
  const full = { ...condition, ...conditionGeneration(newest) };
  const status = withPodCondition(newest.status ?? {}, full, formatTime(sys.now()));
  if (status) yield* client.update(PODS, { ...deepCopy(newest), status }, { subresource: 'status' });
  yield* client.delete(PODS, name, namespace);
}

/** Pods of lower priority that were promised room on the node look for another. */
function* clearLowerNominations(context: SchedulerContext, preemptor: Pod, node: string): Waiting<void> {
  for (const pod of context.nominated.on(node)) {
    if (podPriority(pod) >= podPriority(preemptor)) continue;
    context.nominated.remove(pod);
    const { name = '', namespace } = pod.metadata;
    try {
      const newest = deepCopy(yield* context.client.get<Pod>(PODS, name, namespace));
      delete newest.status?.nominatedNodeName;
      yield* context.client.update(PODS, newest, { subresource: 'status' });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
