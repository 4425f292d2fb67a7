import type { KubeObject } from '../../api/object.js';
import { isControlledBy } from '../../api/owner-references.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Session } from '../session.js';

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed`, of the pods an object controls. */
export function* podCounts(session: Session, owner: KubeObject, labelSelector: string): Waiting<string> {
  const { items } = yield* session.rest().list<Pod>(RESOURCES.pods, owner.metadata.namespace, { labelSelector });
  const own = items.filter((pod) => isControlledBy(pod, owner));
  const count = (phase: string): number => own.filter(({ status }) => status?.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
