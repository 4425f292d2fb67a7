import { selectorFromObject } from '../../api/labels.js';
import { deepCopy } from '../../api/object.js';
import { controllerReference } from '../../api/owner-references.js';
import { isAlreadyExists } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { ControllerRevision, DaemonSet } from '../../api/types/workloads.js';
import type { ApiClient } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import { claim } from '../machinery/claim.js';
import { SyncError } from '../machinery/failures.js';
import { CONTROLLER_REVISIONS, DAEMON_SETS, PODS } from '../machinery/resource-types.js';
import { byRevision, holdsTemplate, revisionData } from '../machinery/revision-history.js';
import { templateHash } from '../machinery/template-hash.js';
import { REVISION_HASH_LABEL } from './placement.js';

/** The revision that holds the set's template, and those before it. */
export interface DaemonHistory {
  readonly current: ControllerRevision;
  readonly old: readonly ControllerRevision[];
}

/** What the history is read from and written to. */
export interface HistoryWork {
  readonly client: ApiClient;
  readonly set: DaemonSet;
  readonly revisions: Informer<ControllerRevision>;
  /** The pods the set controls. */
  readonly pods: readonly Pod[];
}

/** The hash by which pods of the present template are known. */
export function currentHash({ current }: DaemonHistory): string {
  return current.metadata.labels?.[REVISION_HASH_LABEL] ?? '';
}

/**
 * The set's revisions: one is made for a template that is new, and gets the highest number when its template came back
 * (daemon constructHistory).
 */
export function* syncHistory(work: HistoryWork): Waiting<DaemonHistory> {
  const { client, set } = work;
  const current: ControllerRevision[] = [];
  const old: ControllerRevision[] = [];
  for (const found of yield* claimRevisions(work)) {
    const revision = yield* withHash(client, found);
    (holdsTemplate(revision, set.spec.template) ? current : old).push(revision);
  }
  const number = old.reduce((most, { revision = 0 }) => Math.max(most, revision), 0) + 1;
  if (current.length === 0) return { current: yield* snapshot(client, set, number), old };
  const kept = yield* withoutDuplicates(work, current);
  if ((kept.revision ?? 0) < number) {
    yield* client.update(CONTROLLER_REVISIONS, { ...deepCopy(kept), revision: number });
  }
  return { current: kept, old };
}

/** Deletes the oldest revisions beyond the limit, but for those that pods are of. */
export function* cleanUpHistory(
  client: ApiClient,
  set: DaemonSet,
  old: readonly ControllerRevision[],
  podsOf: () => Waiting<readonly Pod[]>,
): Waiting<void> {
  let surplus = old.length - (set.spec.revisionHistoryLimit ?? 10);
  if (surplus <= 0) return;
  const live = new Set((yield* podsOf()).map(({ metadata }) => metadata.labels?.[REVISION_HASH_LABEL]));
  for (const { metadata } of [...old].sort(byRevision)) {
    if (surplus <= 0) break;
    if (live.has(metadata.labels?.[REVISION_HASH_LABEL])) continue;
    yield* client.delete(CONTROLLER_REVISIONS, metadata.name ?? '', metadata.namespace);
    surplus -= 1;
  }
}

function claimRevisions({ client, set, revisions }: HistoryWork): Waiting<ControllerRevision[]> {
  return claim({
    client,
    owner: set,
    ownerType: DAEMON_SETS,
    selector: selectorFromObject(set.spec.selector),
    type: CONTROLLER_REVISIONS,
    candidates: revisions.list(set.metadata.namespace),
  });
}

/** A revision somebody made without a hash is known by its name. */
function* withHash(client: ApiClient, revision: ControllerRevision): Waiting<ControllerRevision> {
  if (revision.metadata.labels?.[REVISION_HASH_LABEL] !== undefined) return revision;
  const copy = deepCopy(revision);
  copy.metadata.labels = { ...copy.metadata.labels, [REVISION_HASH_LABEL]: copy.metadata.name ?? '' };
  return yield* client.update<ControllerRevision>(CONTROLLER_REVISIONS, copy);
}

/** Of several revisions of the same template the newest is kept, and the pods are labelled as of it. */
function* withoutDuplicates({ client, pods }: HistoryWork, current: ControllerRevision[]): Waiting<ControllerRevision> {
  const kept = current.reduce((best, one) => ((one.revision ?? 0) >= (best.revision ?? 0) ? one : best));
  if (current.length === 1) return kept;
  const hash = kept.metadata.labels?.[REVISION_HASH_LABEL];
  for (const { metadata } of pods) {
    if (metadata.labels?.[REVISION_HASH_LABEL] === hash) continue;
    const patch = { metadata: { labels: { [REVISION_HASH_LABEL]: hash } } };
    yield* client.patch(PODS, metadata.name ?? '', metadata.namespace, 'application/merge-patch+json', patch);
  }
  for (const { metadata } of current) {
    if (metadata.name === kept.metadata.name) continue;
    yield* client.delete(CONTROLLER_REVISIONS, metadata.name ?? '', metadata.namespace);
  }
  return kept;
}

function* snapshot(client: ApiClient, set: DaemonSet, revision: number): Waiting<ControllerRevision> {
  const { template } = set.spec;
  const { name, namespace, annotations } = set.metadata;
  const hash = templateHash(template, set.status?.collisionCount);
  const wanted: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...template.metadata?.labels, [REVISION_HASH_LABEL]: hash },
      ...(annotations ? { annotations: { ...annotations } } : {}),
      ownerReferences: [controllerReference(set)],
    },
    data: revisionData(template),
    revision,
  };
  try {
    return yield* client.create<ControllerRevision>(CONTROLLER_REVISIONS, wanted);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const there = yield* client.get<ControllerRevision>(CONTROLLER_REVISIONS, wanted.metadata.name ?? '', namespace);
    if (holdsTemplate(there, template)) return there;
    yield* countCollision(client, set);
    throw error;
  }
}

/** Two templates have the same hash: the next try takes another name. */
function* countCollision(client: ApiClient, set: DaemonSet): Waiting<void> {
  const fresh = yield* client.get<DaemonSet>(DAEMON_SETS, set.metadata.name ?? '', set.metadata.namespace);
  const [was, is] = [set.status?.collisionCount, fresh.status?.collisionCount];
  if (was !== is) {
    const counts = `found a stale collision count (${was ?? 0}, expected ${is ?? 0})`;
    throw new SyncError(
      `${counts} of DaemonSet "${set.metadata.name}" while processing; will retry until it is updated`,
    );
  }
  const copy = deepCopy(fresh);
  if (copy.status) copy.status.collisionCount = (is ?? 0) + 1;
  yield* client.update(DAEMON_SETS, copy, { subresource: 'status' });
}
