import { deepCopy, type KubeObject } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import type { Store } from '../../store/store.js';
import type { ServedKind } from '../served-kind.js';
import type { DeleteParameters } from '../verbs/delete-options.js';
import { checkPreconditions, type Deletion } from './delete.js';
import { writeObject } from './write.js';

/** Deletes a namespace: it terminates, and goes when whoever holds spec.finalizers has emptied it. */
export function deleteNamespace(
  store: Store,
  kind: ServedKind,
  existing: KubeObject,
  options: DeleteParameters,
  now: Micros,
): Deletion {
  checkPreconditions(kind, existing, options);
  if (existing.metadata.deletionTimestamp) return { object: existing, gone: false };
  const object = deepCopy(existing);
  object.metadata.deletionTimestamp = formatTime(now);
  object['status'] = { ...(object['status'] as object | undefined), phase: 'Terminating' };
  return { object: options.dryRun ? object : writeObject(store, kind, object), gone: false };
}

/** Whether nothing holds a terminating namespace any more. */
export function isNamespaceSettled(namespace: KubeObject): boolean {
  const { finalizers = [] } = (namespace['spec'] ?? {}) as { finalizers?: string[] };
  return (
    Boolean(namespace.metadata.deletionTimestamp) &&
    finalizers.length === 0 &&
    (namespace.metadata.finalizers ?? []).length === 0
  );
}
