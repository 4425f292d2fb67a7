import { matchesSelector, type Selector } from '../../api/labels.js';
import { deepEqual, type KubeObject } from '../../api/object.js';
import { controllerOf, isControlledBy } from '../../api/owner-references.js';
import { isDeleting, isPodReady } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { SECOND } from '../../kernel/time.js';
import type { WorkQueue } from './context.js';
import type { Expectations } from './expectations.js';
import { keyOf } from './keys.js';

/** An object that keeps pods: a replica set, a daemon set. */
export interface PodOwner extends KubeObject {
  readonly spec: { readonly minReadySeconds?: number };
}

export interface OwnedPods<T extends PodOwner> {
  readonly kind: string;
  readonly owners: Informer<T>;
  readonly pods: Informer<Pod>;
  readonly queue: WorkQueue;
  readonly expectations?: Expectations;
  selectorOf(owner: T): Selector;
  /** Seconds added to `minReadySeconds` before looking again, for clocks that run apart. */
  readonly slackSeconds?: number;
}

/**
 * Enqueues the owners that a change of a pod concerns: its controller, the one it had before, and for an orphan every
 * owner that might adopt it. Observes the creations and deletions that the owner expects, where it keeps count of them.
 */
export function followPods<T extends PodOwner>(owned: OwnedPods<T>): void {
  owned.pods.addHandlers({
    added: (pod) => podAdded(owned, pod),
    updated: (before, after) => podUpdated(owned, before, after),
    deleted: (pod) => podDeleted(owned, pod),
  });
}

/** A pod may be first seen while it is being deleted, after a restart; that creation was never expected. */
function podAdded<T extends PodOwner>(owned: OwnedPods<T>, pod: Pod): void {
  if (isDeleting(pod)) return podDeleted(owned, pod);
  const owner = ownerOf(owned, pod);
  if (owner) {
    owned.expectations?.creationObserved(keyOf(owner));
    owned.queue.add(keyOf(owner));
  } else if (!controllerOf(pod)) enqueueMatching(owned, pod);
}

function podUpdated<T extends PodOwner>(owned: OwnedPods<T>, before: Pod, after: Pod): void {
  if (isDeleting(after)) return podDeleted(owned, after);
  const disowned = !deepEqual(controllerOf(before), controllerOf(after));
  const former = ownerOf(owned, before);
  if (disowned && former) owned.queue.add(keyOf(former));
  const owner = ownerOf(owned, after);
  if (owner) {
    owned.queue.add(keyOf(owner));
    const seconds = owner.spec.minReadySeconds ?? 0;
    if (seconds > 0 && !isPodReady(before) && isPodReady(after)) {
      owned.queue.addAfter(keyOf(owner), (seconds + (owned.slackSeconds ?? 0)) * SECOND);
    }
  } else if (!controllerOf(after) && (disowned || !deepEqual(before.metadata.labels, after.metadata.labels))) {
    enqueueMatching(owned, after);
  }
}

function podDeleted<T extends PodOwner>(owned: OwnedPods<T>, pod: Pod): void {
  const owner = ownerOf(owned, pod);
  if (!owner) return;
  owned.expectations?.deletionObserved(keyOf(owner), keyOf(pod));
  owned.queue.add(keyOf(owner));
}

/** The object that controls a pod, when it is still the one the pod names. */
function ownerOf<T extends PodOwner>({ kind, owners }: OwnedPods<T>, pod: Pod): T | undefined {
  const controller = controllerOf(pod);
  if (controller?.kind !== kind) return undefined;
  const owner = owners.get(pod.metadata.namespace, controller.name);
  return owner && isControlledBy(pod, owner) ? owner : undefined;
}

function enqueueMatching<T extends PodOwner>({ owners, queue, selectorOf }: OwnedPods<T>, pod: Pod): void {
  for (const owner of owners.list(pod.metadata.namespace)) {
    const selector = selectorOf(owner);
    if (selector?.length && matchesSelector(selector, pod.metadata.labels)) queue.add(keyOf(owner));
  }
}
