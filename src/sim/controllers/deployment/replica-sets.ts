import { compareText } from '../../api/go-text.js';
import { deepEqual, semanticEqual } from '../../api/object.js';
import type { PodTemplateSpec } from '../../api/types/pod.js';
import type { Deployment, ReplicaSet } from '../../api/types/workloads.js';
import { DESIRED_REPLICAS, MAX_REPLICAS, numberAnnotation, revisionOf } from './annotations.js';
import { maxSurge } from './fenceposts.js';

/** The label that tells the pods of one revision from those of another. */
export const TEMPLATE_HASH_LABEL = 'pod-template-hash';

/** A deployment's replica sets, told apart. */
export interface Revisions {
  /** The one with the deployment's template; absent until it was made. */
  newest: ReplicaSet | undefined;
  readonly old: ReplicaSet[];
}

/** Replicas a set asks for. */
export function wanted(set: ReplicaSet): number {
  return set.spec.replicas ?? 1;
}

/** Sums one number over replica sets; absent ones count nothing. */
export function sum(sets: readonly (ReplicaSet | undefined)[], of: (set: ReplicaSet) => number | undefined): number {
  return sets.reduce((total, set) => total + (set ? (of(set) ?? 0) : 0), 0);
}

/** Sets that ask for at least one pod. */
export function activeSets(sets: readonly (ReplicaSet | undefined)[]): ReplicaSet[] {
  return sets.filter((set): set is ReplicaSet => set !== undefined && wanted(set) > 0);
}

/** Whether two templates are the same apart from the label the controller adds. */
export function equalIgnoringHash(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return deepEqual(a, b) || semanticEqual(withoutHash(a), withoutHash(b));
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [TEMPLATE_HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {};
  // A template's creationTimestamp is always null and says nothing.
  const { creationTimestamp: __, ...metadata } = template.metadata ?? {};
  return { ...template, metadata: { ...metadata, labels } };
}

/** Tells the set with the deployment's template (the oldest, should there be several) from the others. */
export function splitRevisions(deployment: Deployment, sets: readonly ReplicaSet[]): Revisions {
  const sorted = [...sets].sort(byCreation);
  const matches = (set: ReplicaSet) =>
    set.spec.template !== undefined && equalIgnoringHash(set.spec.template, deployment.spec.template);
  const newest = sorted.find(matches);
  return { newest, old: sorted.filter((set) => set !== newest) };
}

/** Oldest first, then by name. */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  const at = (set: ReplicaSet) => set.metadata.creationTimestamp ?? '';
  return compareText(at(a), at(b)) || compareText(a.metadata.name ?? '', b.metadata.name ?? '');
}

/** Lowest revision first. */
export function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  return (revisionOf(a) ?? 0) - (revisionOf(b) ?? 0) || byCreation(a, b);
}

/** The only active set, or the latest when none is active; undefined when several are: those are scaled in proportion. */
export function activeOrLatest({ newest, old }: Revisions): ReplicaSet | undefined {
  const active = activeSets([...old, newest]);
  if (active.length > 1) return undefined;
  return active[0] ?? newest ?? [...old].sort(byCreation).at(-1);
}

/** Whether the newest set has all pods the deployment wants, and they are available. */
export function isSaturated(deployment: Deployment, set: ReplicaSet | undefined): boolean {
  if (!set) return false;
  const replicas = deployment.spec.replicas ?? 1;
  return (
    wanted(set) === replicas &&
    Number(set.metadata.annotations?.[DESIRED_REPLICAS] ?? Number.NaN) === replicas &&
    (set.status?.availableReplicas ?? 0) === replicas
  );
}

/** The size the newest set should have now: as large as the surge allows, never more than asked for. */
export function newSetReplicas(
  deployment: Deployment,
  all: readonly (ReplicaSet | undefined)[],
  newest: ReplicaSet,
): number {
  const replicas = deployment.spec.replicas ?? 1;
  if (deployment.spec.strategy?.type === 'Recreate') return replicas;
  const room = replicas + maxSurge(deployment) - sum(all, wanted);
  if (room <= 0) return wanted(newest);
  return wanted(newest) + Math.min(room, replicas - wanted(newest));
}

/**
 * The sizes of several active sets when the deployment was scaled in the middle of a rollout: each gets its share, the
 * largest takes what is left over by rounding. Keys are names.
 */
export function proportionalSizes(deployment: Deployment, active: readonly ReplicaSet[]): Map<string, number> {
  const replicas = deployment.spec.replicas ?? 1;
  const allowed = replicas > 0 ? replicas + maxSurge(deployment) : 0;
  const toAdd = allowed - sum(active, wanted);
  // Of two equally large sets the newer grows first and the older shrinks first.
  const byAge = (a: ReplicaSet, b: ReplicaSet) => (toAdd < 0 ? byCreation(a, b) : byCreation(b, a));
  const sorted = [...active].sort((a, b) => wanted(b) - wanted(a) || byAge(a, b));
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of sorted) {
    const share = proportion(deployment, set, toAdd, added);
    sizes.set(set.metadata.name ?? '', wanted(set) + share);
    added += share;
  }
  const first = sorted[0]?.metadata.name;
  if (first !== undefined && toAdd !== 0) sizes.set(first, Math.max(0, (sizes.get(first) ?? 0) + toAdd - added));
  return sizes;
}

function proportion(deployment: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  if (wanted(set) === 0 || toAdd === 0 || toAdd === added) return 0;
  const fraction = shareOf(deployment, set);
  return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
}

function shareOf(deployment: Deployment, set: ReplicaSet): number {
  const replicas = deployment.spec.replicas ?? 1;
  if (replicas === 0) return -wanted(set);
  const before = numberAnnotation(set, MAX_REPLICAS) || (deployment.status?.replicas ?? 0);
  if (before === 0) return 0;
  const size = (wanted(set) * (replicas + maxSurge(deployment))) / before;
  return roundHalfAway(size) - wanted(set);
}

function roundHalfAway(value: number): number {
  return value < 0 ? -Math.floor(-value + 0.5) : Math.floor(value + 0.5);
}
