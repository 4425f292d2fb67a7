import type { KubeObject } from '../../../api/object.js';
import { formatTime } from '../../../api/time.js';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
  CustomResourceDefinitionStatus,
} from '../../../api/types/custom-resource-definition.js';
import type { Store } from '../../../store/store.js';
import type { ServerParts } from '../../parts.js';
import type { ServedKind } from '../../served-kind.js';
import { noteManager } from '../../storage/managed-fields.js';
import { removeObject, writeObject } from '../../storage/write.js';

/** A condition without its time, which tells when its status changed. */
export type NewCondition = Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>;

/** Conditions with some of them new, in the order in which they came first (SetCRDCondition). */
export function withConditions(
  before: readonly CustomResourceDefinitionCondition[],
  added: readonly NewCondition[],
  time: string,
): CustomResourceDefinitionCondition[] {
  const conditions = [...before];
  for (const { type, status, reason = '', message = '' } of added) {
    const at = conditions.findIndex((one) => one.type === type);
    const old = conditions[at];
    const kept = old?.status === status ? old.lastTransitionTime : undefined;
    const condition = { type, status, lastTransitionTime: kept ?? time, reason, message };
    if (at < 0) conditions.push(condition);
    else conditions[at] = condition;
  }
  return conditions;
}

/** Writes a definition's status as the server's own controllers do, and gives back what is stored then. */
export function writeStatus(
  parts: ServerParts,
  store: Store,
  kind: ServedKind,
  object: CustomResourceDefinition,
  status: Partial<CustomResourceDefinitionStatus>,
  finalizers = object.metadata.finalizers,
): CustomResourceDefinition {
  const { finalizers: _, ...metadata } = object.metadata;
  const kept = finalizers && finalizers.length > 0 ? { finalizers } : {};
  const changed: KubeObject = {
    ...object,
    metadata: { ...metadata, ...kept },
    status: { ...object.status, ...status },
  };
  noteManager(changed, object, kind, {
    name: 'kube-apiserver',
    subresource: 'status',
    time: formatTime(parts.now()),
  });
  const goes = metadata.deletionTimestamp && changed.metadata.finalizers === undefined;
  return (goes ? removeObject(store, kind, changed) : writeObject(store, kind, changed)) as CustomResourceDefinition;
}
