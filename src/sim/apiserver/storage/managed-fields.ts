import type { KubeObject, ManagedFieldsEntry } from '../../api/object.js';
import { deepEqual } from '../../api/object.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';

/** What a write is known by in managedFields. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Update' | 'Apply';
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
}

/** Notes who wrote last: one entry for each manager, operation and subresource. Kept minimal: without field sets. */
export function noteManager(object: KubeObject, old: KubeObject | undefined, kind: ServedKind, manager: Manager): void {
  const kept = old?.metadata.managedFields ?? [];
  if (object.metadata.managedFields?.length === 0) {
    delete object.metadata.managedFields;
    return;
  }
  if (old && sameApartFromBookkeeping(object, old)) {
    object.metadata.managedFields = kept;
    return;
  }
  const entry: ManagedFieldsEntry = {
    manager: manager.name,
    operation: manager.operation,
    apiVersion: apiVersionOf(kind),
    time: manager.time,
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    ...(manager.subresource === '' ? {} : { subresource: manager.subresource }),
  };
  const others = kept.filter(
    (other) =>
      other.manager !== entry.manager ||
      other.operation !== entry.operation ||
      (other.subresource ?? '') !== manager.subresource,
  );
  object.metadata.managedFields = [...others, entry];
}

function sameApartFromBookkeeping(a: KubeObject, b: KubeObject): boolean {
  return deepEqual(withoutBookkeeping(a), withoutBookkeeping(b));
}

function withoutBookkeeping(object: KubeObject): object {
  return { ...object, metadata: { ...object.metadata, managedFields: undefined, resourceVersion: undefined } };
}
