import { deepCopy, semanticEqual } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/types/workloads.js';
import type { ApiClient } from '../../client/client.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { EventRecorder } from '../machinery/context.js';
import { DEPLOYMENTS, REPLICA_SETS } from '../machinery/resource-types.js';
import { sizeAnnotations, sizeAnnotationsDiffer } from './annotations.js';
import { wanted } from './replica-sets.js';

/** One sync of one deployment: the deployment as the cache had it, what it owns, and the ways to write. */
export interface DeploymentWork {
  readonly client: ApiClient;
  readonly recorder: EventRecorder;
  readonly now: Micros;
  /** A copy of the cached one; its status and annotations are changed in place before they are written. */
  readonly deployment: Deployment;
  /** The replica sets it controls. */
  readonly sets: readonly ReplicaSet[];
  cachedSet(name: string): ReplicaSet | undefined;
  podsOf(set: ReplicaSet): readonly Pod[];
  /** Look again after a span. */
  again(after: Micros): void;
}

/** Writes the deployment's status (and its annotations, which the status subresource lets through). */
export function* updateDeploymentStatus(work: DeploymentWork): Waiting<void> {
  yield* work.client.update(DEPLOYMENTS, deepCopy(work.deployment), { subresource: 'status' });
}

/** Writes a new status when it differs; tells whether it did. */
export function* writeStatus(work: DeploymentWork, status: DeploymentStatus): Waiting<boolean> {
  if (semanticEqual(nonZero(work.deployment.status), nonZero(status))) return false;
  work.deployment.status = status;
  yield* updateDeploymentStatus(work);
  return true;
}

/** Numbers that are zero are the same as absent ones: the server leaves them out. */
function nonZero(status: DeploymentStatus | undefined): Record<string, unknown> {
  const entries = Object.entries(status ?? {}).filter(([key, value]) => value !== 0 || key === 'terminatingReplicas');
  return Object.fromEntries(entries);
}

/** Changes the size of a replica set and says so in an event; `always` writes the size annotations even then. */
export function* scaleReplicaSet(
  work: DeploymentWork,
  set: ReplicaSet,
  size: number,
  always = false,
): Waiting<{ scaled: boolean; set: ReplicaSet }> {
  const before = wanted(set);
  if (before === size && !(always && sizeAnnotationsDiffer(set, work.deployment))) return { scaled: false, set };
  const copy = deepCopy(set);
  copy.spec.replicas = size;
  copy.metadata.annotations = { ...copy.metadata.annotations, ...sizeAnnotations(work.deployment) };
  const updated = yield* work.client.update<ReplicaSet>(REPLICA_SETS, copy);
  if (before === size) return { scaled: false, set: updated };
  const direction = before < size ? 'up' : 'down';
  const message = `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${size}`;
  work.recorder.event(work.deployment, 'Normal', 'ScalingReplicaSet', message);
  return { scaled: true, set: updated };
}
