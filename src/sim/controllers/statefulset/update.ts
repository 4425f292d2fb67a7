import { isDeleting, isPodAvailable, isPodTerminal } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { StatefulSet } from '../../api/types/workloads.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure } from '../machinery/failures.js';
import { templateOfRevision } from '../machinery/revision-history.js';
import { slowStart } from '../machinery/slow-start.js';
import {
  hasIdentity,
  hasStorage,
  isCreated,
  isInRange,
  isRunningAndReady,
  isUnavailable,
  newPod,
  ordinalOf,
  revisionOfPod,
  startOrdinal,
} from './identity.js';
import type { StatefulPodControl } from './pod-control.js';
import type { SetRevisions } from './revisions.js';
import { type Counted, countPods } from './status.js';

/** A set, its revisions and its pods as one sync sees them. */
export interface StatefulWork {
  readonly set: StatefulSet;
  readonly revisions: SetRevisions;
  readonly pods: readonly Pod[];
  readonly now: Micros;
  readonly control: StatefulPodControl;
}

/** What a step asks for: to be stopped after it, or to go on. Only sets that keep an order stop. */
type Stop = boolean;

interface Layout {
  /** The pods that are wanted, by number, those that are not made yet among them. */
  readonly replicas: Pod[];
  /** The pods beyond, highest number first. */
  readonly condemned: Pod[];
}

/**
 * Makes, mends and deletes pods by one step in order, or by all that are due where the set keeps no order
 * (updateStatefulSet). The status is of use even after a failure.
 */
export function* updatePods(work: StatefulWork): Waiting<{ status: Counted; failure: Error | undefined }> {
  const { set, revisions, pods, now } = work;
  let status = countPods(set, revisions, pods, now);
  const layout = layOut(work);
  const unavailable = firstUnavailable(work, layout);
  if (isDeleting(set)) return { status, failure: undefined };
  const ordered = set.spec.podManagementPolicy !== 'Parallel';
  const steps: readonly [readonly Pod[], (pod: Pod) => Waiting<Stop>][] = [
    [layout.replicas, (pod) => keepReplica(work, ordered, pod)],
    [layout.condemned, (pod) => keepClaims(work, pod)],
    [layout.condemned, (pod) => condemn(work, ordered, pod, unavailable)],
  ];
  let outcome: { stop: Stop; failure: Error | undefined } = { stop: false, failure: undefined };
  for (const [over, step] of steps) {
    outcome = yield* forEach(over, step, ordered);
    if (outcome.stop || outcome.failure) break;
  }
  status = countPods(set, revisions, [...layout.replicas, ...layout.condemned], now);
  if (outcome.stop || outcome.failure || set.spec.updateStrategy?.type === 'OnDelete') {
    return { status, failure: outcome.failure };
  }
  return yield* replaceOutdated(work, layout.replicas, status);
}

/** Who is where: pods by number, and new ones for numbers without one. */
function layOut(work: StatefulWork): Layout {
  const { set, pods } = work;
  const start = startOrdinal(set);
  const byOrdinal = new Map<number, Pod>();
  const condemned: Pod[] = [];
  for (const pod of pods) {
    const ordinal = ordinalOf(pod);
    if (isInRange(set, ordinal)) byOrdinal.set(ordinal, pod);
    else if (ordinal >= 0) condemned.push(pod);
  }
  const replicas = Array.from(
    { length: set.spec.replicas ?? 1 },
    (_, index) => byOrdinal.get(start + index) ?? missingPod(work, start + index),
  );
  return { replicas, condemned: condemned.sort((a, b) => ordinalOf(b) - ordinalOf(a)) };
}

/** A pod below the partition, or that a rollout has not got to, is made of the revision that is current. */
function missingPod({ set, revisions }: StatefulWork, ordinal: number): Pod {
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  const kept = rollingUpdate
    ? (rollingUpdate.partition ?? 0)
    : type === 'RollingUpdate'
      ? (set.status?.currentReplicas ?? 0)
      : 0;
  const revision = ordinal < startOrdinal(set) + kept ? revisions.current : revisions.update;
  const template = templateOfRevision(revision);
  return newPod({ ...set, spec: { ...set.spec, template } }, ordinal, revision.metadata.name ?? '');
}

function firstUnavailable({ set, now }: StatefulWork, { replicas, condemned }: Layout): Pod | undefined {
  const seconds = set.spec.minReadySeconds ?? 0;
  return [...replicas, ...[...condemned].reverse()].find((pod) => isUnavailable(pod, seconds, now));
}

function* forEach(
  pods: readonly Pod[],
  step: (pod: Pod) => Waiting<Stop>,
  ordered: boolean,
): Waiting<{ stop: Stop; failure: Error | undefined }> {
  if (!ordered) {
    const { failure } = yield* slowStart(pods.length, function* (index) {
      yield* step(pods[index] as Pod);
    });
    return { stop: false, failure };
  }
  for (const pod of pods) {
    try {
      if (yield* step(pod)) return { stop: true, failure: undefined };
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      return { stop: true, failure: error };
    }
  }
  return { stop: false, failure: undefined };
}

/** Brings one wanted pod as far as it can be now; in order, nothing goes on past one that is not available. */
function* keepReplica({ set, revisions, now, control }: StatefulWork, ordered: boolean, pod: Pod): Waiting<Stop> {
  if (isPodTerminal(pod)) {
    if (!isDeleting(pod)) yield* control.delete(set, pod);
    return true;
  }
  if (!isCreated(pod)) {
    if (control.hasStaleClaim(set, pod)) return true;
    yield* control.create(set, pod);
    if (ordered) return true;
  }
  if (pod.status?.phase === 'Pending') yield* control.createMissingClaims(set, pod);
  const available = isRunningAndReady(pod) && isPodAvailable(pod, set.spec.minReadySeconds ?? 0, now);
  if (ordered && (isDeleting(pod) || !available)) return true;
  const updateSet = { ...set, spec: { ...set.spec, template: templateOfRevision(revisions.update) } };
  if (hasIdentity(set, pod) && hasStorage(set, pod) && control.claimsAreOwned(updateSet, pod)) return false;
  yield* control.update(updateSet, pod);
  return false;
}

/** The claims of a pod that is to go get it as their owner, where they are to go with it. */
function* keepClaims({ set, control }: StatefulWork, pod: Pod): Waiting<Stop> {
  if (!control.claimsAreOwned(set, pod)) yield* control.updateClaims(set, pod);
  return false;
}

/** Deletes a pod beyond the wanted number; in order, the highest first, and none while another is not available. */
function* condemn(
  { set, now, control }: StatefulWork,
  ordered: boolean,
  pod: Pod,
  unavailable: Pod | undefined,
): Waiting<Stop> {
  if (isDeleting(pod)) return ordered;
  const available = isRunningAndReady(pod) && isPodAvailable(pod, set.spec.minReadySeconds ?? 0, now);
  if (ordered && !available && pod !== unavailable) return true;
  yield* control.delete(set, pod);
  return true;
}

/** A rollout: deletes the pod of the highest number that is not of the new revision, once those above it are available. */
function* replaceOutdated(
  { set, revisions, now, control }: StatefulWork,
  replicas: readonly Pod[],
  status: Counted,
): Waiting<{ status: Counted; failure: Error | undefined }> {
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  for (const pod of replicas.slice(partition).reverse()) {
    if (revisionOfPod(pod) !== revisions.update.metadata.name && !isDeleting(pod)) {
      try {
        yield* control.delete(set, pod);
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        return { status, failure: error };
      }
      return { status: { ...status, currentReplicas: status.currentReplicas - 1 }, failure: undefined };
    }
    if (isUnavailable(pod, set.spec.minReadySeconds ?? 0, now)) break;
  }
  return { status, failure: undefined };
}
