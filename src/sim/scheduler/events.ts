import { deepEqual } from '../api/object.js';
import { isPodTerminal } from '../api/pods.js';
import type { Node } from '../api/types/node.js';
import type { Pod } from '../api/types/pod.js';
import type { SchedulerContext } from './context.js';
import { schedulerOf } from './profile.js';
import { NODES, PODS } from './resource-types.js';

/** Keeps cache and queue current; everything that may help a waiting pod is announced to the queue. */
export function watchCluster(context: SchedulerContext): void {
  watchNodes(context);
  watchPods(context);
}

function watchNodes({ informers, cache, queue }: SchedulerContext): void {
  informers.informer<Node>(NODES).addHandlers({
    added: (node) => {
      cache.setNode(node);
      queue.announce({ kind: 'node added', node });
    },
    updated: (before, node) => {
      cache.setNode(node);
      if (matters(before, node)) queue.announce({ kind: 'node updated', before, node });
    },
    deleted: (node) => cache.removeNode(node),
  });
}

function watchPods(context: SchedulerContext): void {
  context.informers.informer<Pod>(PODS).addHandlers({
    added: (pod) => {
      if (isPodTerminal(pod)) return;
      if (pod.spec.nodeName) podAssigned(context, pod);
      else podWaits(context, pod);
    },
    updated: (before, after) => podUpdated(context, before, after),
    deleted: (pod) => podGone(context, pod),
  });
}

function podUpdated(context: SchedulerContext, before: Pod, after: Pod): void {
  if (before.metadata.uid !== after.metadata.uid) {
    podGone(context, before);
    if (!isPodTerminal(after)) after.spec.nodeName ? podAssigned(context, after) : podWaits(context, after);
    return;
  }
  if (isPodTerminal(after)) {
    if (!isPodTerminal(before)) podGone(context, before);
    return;
  }
  if (!after.spec.nodeName) return podWaits(context, after, before);
  if (!before.spec.nodeName) return podAssigned(context, after);
  context.cache.setPod(after);
  if (differsForScheduling(before, after)) context.queue.announce({ kind: 'assigned pod updated', before, pod: after });
}

function podAssigned({ cache, queue, nominated }: SchedulerContext, pod: Pod): void {
  queue.remove(pod);
  nominated.remove(pod);
  cache.setPod(pod);
  queue.announce({ kind: 'assigned pod added', pod });
}

/** A pod without a node. Its own status (which the scheduler writes) is no news. */
function podWaits({ queue, nominated, cache, profiles }: SchedulerContext, pod: Pod, before?: Pod): void {
  if (!profiles.has(schedulerOf(pod))) return;
  if (cache.isAssumed(pod.metadata.uid ?? '')) return;
  nominated.set(pod);
  if (pod.metadata.deletionTimestamp) return queue.remove(pod);
  if (before && !differsForScheduling(before, pod)) return queue.replace(pod);
  queue.update(pod);
}

function podGone({ queue, cache, nominated }: SchedulerContext, pod: Pod): void {
  nominated.remove(pod);
  queue.remove(pod);
  if (!pod.spec.nodeName) return cache.forget(pod.metadata.uid ?? '');
  cache.removePod(pod);
  queue.announce({ kind: 'assigned pod deleted', pod });
}

function differsForScheduling(before: Pod, after: Pod): boolean {
  return !deepEqual(before.spec, after.spec) || !deepEqual(before.metadata.labels, after.metadata.labels);
}

/** Heartbeats are no reason to look at pods again. */
function matters(before: Node, after: Node): boolean {
  const facts = ({ metadata, spec, status }: Node) => [
    metadata.labels ?? {},
    spec.taints ?? [],
    spec.unschedulable ?? false,
    status?.allocatable ?? {},
  ];
  return !deepEqual(facts(before), facts(after));
}
