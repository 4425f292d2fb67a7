import { formatSelectorObject } from '../../api/labels.js';
import type { KubeObject, LabelSelector } from '../../api/object.js';
import { isControlledBy } from '../../api/owner-references.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Session } from '../session.js';

const REVISION = 'deployment.kubernetes.io/revision';
const REPLICA_SETS = { group: 'apps', version: 'v1', resource: 'replicasets', kind: 'ReplicaSet', namespaced: true };

/** The revision noted on a deployment or one of its replica sets; 0 without. */
export function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

/** The replica sets of a deployment by revision, in order. */
export function* replicaSetsOf(session: Session, deployment: KubeObject): Waiting<KubeObject[]> {
  const selector = (deployment['spec'] as { selector: LabelSelector }).selector;
  const { items } = yield* session
    .rest()
    .list<KubeObject>(REPLICA_SETS, deployment.metadata.namespace, { labelSelector: formatSelectorObject(selector) });
  return items
    .filter((each) => isControlledBy(each, deployment) && revisionOf(each) > 0)
    .sort((a, b) => revisionOf(a) - revisionOf(b));
}
