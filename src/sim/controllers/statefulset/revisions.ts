import { semanticEqual } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import type { ControllerRevision, StatefulSet } from '../../api/types/workloads.js';
import type { ApiClient } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { CONTROLLER_REVISIONS } from '../machinery/resource-types.js';
import {
  holdsTemplate,
  plannedRevision,
  renumberRevision,
  storeRevision,
  templateOfRevision,
} from '../machinery/revision-history.js';
import { revisionOfPod } from './identity.js';

/** The revision that pods are at and the one they go to; the same when nothing is rolled out. */
export interface SetRevisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  readonly collisions: number;
}

/**
 * The set's revisions; one is made for a template that is new, and an old one gets the highest number when its template
 * came back (getStatefulSetRevisions). `revisions` are in order.
 */
export function* syncRevisions(
  client: ApiClient,
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
): Waiting<SetRevisions> {
  const { template } = set.spec;
  const latest = revisions.at(-1);
  const before = set.status?.collisionCount ?? 0;
  const next = (latest?.revision ?? 0) + 1;
  const equal = revisions.filter((one) => holdsTemplate(one, template)).at(-1);
  let update: ControllerRevision;
  let collisions = before;
  if (latest && (equal === latest || (!equal && semanticEqual(templateOfRevision(latest), template)))) update = latest;
  else if (equal) update = yield* renumberRevision(client, equal, next);
  else {
    const stored = yield* storeRevision(client, set, plannedRevision(set, template, next, before), before);
    update = stored.revision;
    collisions = stored.collisions;
  }
  const current = revisions.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
  return { current, update, collisions };
}

/** Deletes the oldest revisions beyond the limit; those that pods are at or go to do not count and stay. */
export function* truncateHistory(
  client: ApiClient,
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
  pods: readonly Pod[],
  inUse: SetRevisions | undefined,
): Waiting<void> {
  const live = new Set([...pods.map(revisionOfPod), inUse?.current.metadata.name, inUse?.update.metadata.name]);
  const history = revisions.filter(({ metadata }) => !live.has(metadata.name));
  const limit = set.spec.revisionHistoryLimit ?? 10;
  if (limit < 0) return;
  for (const { metadata } of history.slice(0, Math.max(0, history.length - limit))) {
    yield* client.delete(CONTROLLER_REVISIONS, metadata.name ?? '', metadata.namespace);
  }
}
