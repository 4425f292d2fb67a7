import type { KubeObject } from '../../api/object.js';
import type { Deployment, ReplicaSet } from '../../api/types/workloads.js';
import { maxSurge } from './fenceposts.js';

/** The place of a replica set in its deployment's history. */
export const REVISION = 'deployment.kubernetes.io/revision';
/** Earlier places of a replica set that was rolled back to. */
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
/** Replicas the deployment asked for when the set was last scaled; tells scaling from rolling out. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
/** The same plus the surge, from which proportions are taken. */
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** Characters the revision history may have. */
const REVISION_HISTORY_CHARACTERS_MAX = 2000;
const NOT_COPIED: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
];

/** The revision of an object; 0 without one, undefined when it is no number. */
export function revisionOf(object: KubeObject): number | undefined {
  const text = object.metadata.annotations?.[REVISION];
  if (text === undefined) return 0;
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The highest revision among replica sets; 0 when there is none. */
export function maxRevision(sets: readonly ReplicaSet[]): number {
  return sets.reduce((most, set) => Math.max(most, revisionOf(set) ?? 0), 0);
}

/** A whole, non-negative number kept in an annotation. */
export function numberAnnotation(set: ReplicaSet, key: string): number | undefined {
  const text = set.metadata.annotations?.[key];
  return text !== undefined && /^\d+$/.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : undefined;
}

/** The two annotations that say how large the deployment is. */
export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = deployment.spec.replicas ?? 1;
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + maxSurge(deployment)) };
}

/** Whether the replica set's size annotations are not those of the deployment. */
export function sizeAnnotationsDiffer(set: ReplicaSet, deployment: Deployment): boolean {
  const wanted = sizeAnnotations(deployment);
  return Object.entries(wanted).some(([key, value]) => set.metadata.annotations?.[key] !== value);
}

/**
 * The annotations the newest replica set should have: those of the deployment, its revision, and, when it had an older
 * revision (a rollback), that one added to the history. A set that is being made gets the size annotations too.
 */
export function newSetAnnotations(
  deployment: Deployment,
  set: ReplicaSet,
  newRevision: number,
  exists: boolean,
): Record<string, string> {
  const annotations: Record<string, string> = { ...set.metadata.annotations };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.includes(key)) annotations[key] = value;
  }
  const old = annotations[REVISION];
  const oldRevision = revisionOf(set);
  if (oldRevision === undefined) return annotations;
  if (oldRevision < newRevision) {
    annotations[REVISION] = String(newRevision);
    if (old !== undefined) {
      const history = longerHistory(annotations[REVISION_HISTORY] ?? '', old);
      if (history !== undefined) annotations[REVISION_HISTORY] = history;
    }
  }
  return exists ? annotations : { ...annotations, ...sizeAnnotations(deployment) };
}

/** The history with one more revision, its oldest ones dropped to stay in bounds; undefined when even that is too long. */
function longerHistory(history: string, revision: string): string | undefined {
  if (history === '') return revision;
  const revisions = history.split(',');
  let length = history.length + revision.length + 1;
  while (length > REVISION_HISTORY_CHARACTERS_MAX && revisions.length > 0) {
    length -= (revisions.shift() as string).length + 1;
  }
  return length <= REVISION_HISTORY_CHARACTERS_MAX ? [...revisions, revision].join(',') : undefined;
}
