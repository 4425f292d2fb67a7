import { isDeleting } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { ReplicaSet } from '../../api/types/workloads.js';
import type { Waiting } from '../../kernel/wait.js';
import { REPLICA_SETS } from '../machinery/resource-types.js';
import { byRevision, wanted } from './replica-sets.js';
import type { DeploymentWork } from './work.js';

/** Deletes the oldest replica sets beyond the history limit, provided that they are empty. */
export function* cleanUpHistory(work: DeploymentWork, old: readonly ReplicaSet[]): Waiting<void> {
  for (const set of surplusHistory(old, work.deployment.spec.revisionHistoryLimit)) {
    try {
      yield* work.client.delete(REPLICA_SETS, set.metadata.name ?? '', set.metadata.namespace);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

/** The sets to delete so that at most `limit` old ones stay; undefined keeps all. */
export function surplusHistory(old: readonly ReplicaSet[], limit: number | undefined): ReplicaSet[] {
  if (limit === undefined || limit === 2_147_483_647) return [];
  const kept = old.filter((set) => !isDeleting(set));
  const surplus = Math.max(0, kept.length - limit);
  return kept.sort(byRevision).slice(0, surplus).filter(isEmpty);
}

function isEmpty(set: ReplicaSet): boolean {
  const seen = (set.metadata.generation ?? 0) <= (set.status?.observedGeneration ?? 0);
  return (set.status?.replicas ?? 0) === 0 && wanted(set) === 0 && seen;
}
