import { compareText } from '../../api/go-text.js';
import { deepCopy, deepEqual } from '../../api/object.js';
import { controllerOf, controllerReference } from '../../api/owner-references.js';
import { isAlreadyExists } from '../../api/status.js';
import type { PodTemplateSpec } from '../../api/types/pod.js';
import type { ReplicaSet } from '../../api/types/workloads.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, isNamespaceTerminating } from '../machinery/failures.js';
import { REPLICA_SETS } from '../machinery/resource-types.js';
import { templateHash } from '../machinery/template-hash.js';
import { maxRevision, newSetAnnotations, REVISION } from './annotations.js';
import { conditionOf, newCondition, REASON, setCondition } from './conditions.js';
import {
  equalIgnoringHash,
  newSetReplicas,
  type Revisions,
  splitRevisions,
  TEMPLATE_HASH_LABEL,
} from './replica-sets.js';
import { hasProgressDeadline } from './status.js';
import { type DeploymentWork, updateDeploymentStatus } from './work.js';

/** Longest name of a replica set. */
const NAME_LENGTH_MAX = 253;

/** The deployment's replica sets with the newest one's annotations and revision up to date; made when asked and missing. */
export function* syncRevisions(work: DeploymentWork, createNewest: boolean): Waiting<Revisions> {
  const revisions = splitRevisions(work.deployment, work.sets);
  if (revisions.newest) return { ...revisions, newest: yield* refreshNewest(work, revisions.newest, revisions.old) };
  if (!createNewest) return revisions;
  return { ...revisions, newest: yield* createSet(work, revisions.old) };
}

function* refreshNewest(work: DeploymentWork, found: ReplicaSet, old: readonly ReplicaSet[]): Waiting<ReplicaSet> {
  const { deployment } = work;
  const annotations = newSetAnnotations(deployment, found, maxRevision(old) + 1, true);
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  if (
    !deepEqual(annotations, found.metadata.annotations ?? {}) ||
    (found.spec.minReadySeconds ?? 0) !== minReadySeconds
  ) {
    const copy = deepCopy(found);
    copy.metadata.annotations = annotations;
    copy.spec.minReadySeconds = minReadySeconds;
    return yield* work.client.update<ReplicaSet>(REPLICA_SETS, copy);
  }
  let changed = setDeploymentRevision(work, found.metadata.annotations?.[REVISION] ?? '');
  if (hasProgressDeadline(deployment) && !conditionOf(deployment.status, 'Progressing')) {
    const message = `Found new replica set "${found.metadata.name}"`;
    progress(work, 'True', REASON.found, message);
    changed = true;
  }
  if (changed) yield* updateDeploymentStatus(work);
  return found;
}

function* createSet(work: DeploymentWork, old: readonly ReplicaSet[]): Waiting<ReplicaSet> {
  const { deployment, recorder } = work;
  const revision = maxRevision(old) + 1;
  const planned = plannedSet(work, old, revision);
  let created: ReplicaSet;
  let existed = false;
  try {
    created = yield* work.client.create<ReplicaSet>(REPLICA_SETS, planned);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    if (!isAlreadyExists(error)) {
      yield* reportCreateFailure(work, planned, error);
      throw error;
    }
    created = yield* resolveCollision(work, planned, error);
    existed = true;
  }
  const size = planned.spec.replicas ?? 0;
  if (!existed && size > 0) {
    const message = `Scaled up replica set ${created.metadata.name} from 0 to ${size}`;
    recorder.event(deployment, 'Normal', 'ScalingReplicaSet', message);
  }
  let changed = setDeploymentRevision(work, String(revision));
  if (!existed && hasProgressDeadline(deployment)) {
    progress(work, 'True', REASON.created, `Created new replica set "${created.metadata.name}"`);
    changed = true;
  }
  if (changed) yield* updateDeploymentStatus(work);
  return created;
}

function plannedSet({ deployment }: DeploymentWork, old: readonly ReplicaSet[], revision: number): ReplicaSet {
  const { name = '', namespace = '' } = deployment.metadata;
  const hash = templateHash(deployment.spec.template, deployment.status?.collisionCount);
  const template = hashedTemplate(deployment.spec.template, hash);
  const selector = deployment.spec.selector;
  const planned: ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name.slice(0, NAME_LENGTH_MAX - 1 - hash.length)}-${hash}`,
      namespace,
      ownerReferences: [controllerReference(deployment)],
      labels: { ...template.metadata?.labels },
    },
    spec: {
      replicas: 0,
      ...(deployment.spec.minReadySeconds ? { minReadySeconds: deployment.spec.minReadySeconds } : {}),
      selector: { ...deepCopy(selector), matchLabels: { ...selector.matchLabels, [TEMPLATE_HASH_LABEL]: hash } },
      template,
    },
  };
  planned.spec.replicas = newSetReplicas(deployment, [...old, planned], planned);
  planned.metadata.annotations = newSetAnnotations(deployment, planned, revision, false);
  return planned;
}

function hashedTemplate(template: PodTemplateSpec, hash: string): PodTemplateSpec {
  const copy = deepCopy(template);
  const labels = { ...copy.metadata?.labels, [TEMPLATE_HASH_LABEL]: hash };
  const sorted = Object.fromEntries(Object.entries(labels).sort(([a], [b]) => compareText(a, b)));
  return { ...copy, metadata: { ...copy.metadata, labels: sorted } };
}

/** The name is taken: by this very set (the cache was behind), or by another whose template has the same hash. */
function* resolveCollision(work: DeploymentWork, planned: ReplicaSet, refusal: Error): Waiting<ReplicaSet> {
  const { deployment } = work;
  const existing = work.cachedSet(planned.metadata.name ?? '');
  if (!existing) throw refusal;
  const same =
    controllerOf(existing)?.uid === deployment.metadata.uid &&
    existing.spec.template !== undefined &&
    equalIgnoringHash(deployment.spec.template, existing.spec.template);
  if (same) return existing;
  deployment.status = { ...deployment.status, collisionCount: (deployment.status?.collisionCount ?? 0) + 1 };
  yield* updateDeploymentStatus(work);
  throw refusal;
}

function* reportCreateFailure(work: DeploymentWork, planned: ReplicaSet, refusal: Error): Waiting<void> {
  if (isNamespaceTerminating(refusal)) return;
  const message = `Failed to create new replica set "${planned.metadata.name}": ${refusal.message}`;
  work.recorder.event(work.deployment, 'Warning', REASON.createFailed, message);
  if (!hasProgressDeadline(work.deployment)) return;
  progress(work, 'False', REASON.createFailed, message);
  try {
    yield* updateDeploymentStatus(work);
  } catch (error) {
    // The refusal matters more than the failure to report it.
    if (!isExpectedFailure(error)) throw error;
  }
}

function progress(work: DeploymentWork, status: 'True' | 'False' | 'Unknown', reason: string, message: string): void {
  const changed = { ...work.deployment.status };
  setCondition(changed, newCondition('Progressing', status, reason, message, work.now));
  work.deployment.status = changed;
}

function setDeploymentRevision({ deployment }: DeploymentWork, revision: string): boolean {
  if (deployment.metadata.annotations?.[REVISION] === revision) return false;
  deployment.metadata.annotations = { ...deployment.metadata.annotations, [REVISION]: revision };
  return true;
}
