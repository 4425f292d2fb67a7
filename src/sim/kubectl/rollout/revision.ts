import { formatSelectorObject } from '../../api/labels.js';
import { deepCopy, deepEqual, type KubeObject, type LabelSelector } from '../../api/object.js';
import { isControlledBy } from '../../api/owner-references.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Session } from '../session.js';
import { type TemplateLike, templateOf } from '../workload/pod-spec.js';

const REVISION = 'deployment.kubernetes.io/revision';
const REPLICA_SETS = { group: 'apps', version: 'v1', resource: 'replicasets', kind: 'ReplicaSet', namespaced: true };
const CONTROLLER_REVISIONS = { ...REPLICA_SETS, resource: 'controllerrevisions', kind: 'ControllerRevision' };

/** What a daemon set or stateful set keeps of an earlier template. */
export interface ControllerRevision extends KubeObject {
  readonly revision?: number;
  readonly data?: { readonly spec?: { readonly template?: TemplateLike & { readonly $patch?: string } } };
}

/** The revision noted on a deployment or one of its replica sets; 0 without. */
export function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

/** The replica sets of a deployment by revision, in order. */
export function* replicaSetsOf(session: Session, deployment: KubeObject): Waiting<KubeObject[]> {
  const sets = yield* controlledBy<KubeObject>(session, deployment, REPLICA_SETS);
  return sets.filter((each) => revisionOf(each) > 0).sort((a, b) => revisionOf(a) - revisionOf(b));
}

/** The revisions of a daemon set or stateful set, in order. */
export function* controllerRevisionsOf(session: Session, set: KubeObject): Waiting<ControllerRevision[]> {
  const revisions = yield* controlledBy<ControllerRevision>(session, set, CONTROLLER_REVISIONS);
  return revisions.sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
}

/** The set as it was at a revision. */
export function atRevision(set: KubeObject, { data }: ControllerRevision): KubeObject {
  const { $patch: _, ...template } = deepCopy(data?.spec?.template ?? {}) as TemplateLike & { $patch?: string };
  return { ...set, spec: { ...(set['spec'] as object), template } };
}

/** Whether the set is as the revision has it. */
export function isAtRevision(set: KubeObject, { data }: ControllerRevision): boolean {
  return deepEqual(data, { spec: { template: { ...templateOf(set), $patch: 'replace' } } });
}

function* controlledBy<T extends KubeObject>(
  session: Session,
  owner: KubeObject,
  type: typeof REPLICA_SETS,
): Waiting<T[]> {
  const labelSelector = formatSelectorObject((owner['spec'] as { selector: LabelSelector }).selector);
  const { items } = yield* session.rest().list<T>(type, owner.metadata.namespace, { labelSelector });
  return items.filter((each) => isControlledBy(each, owner));
}
