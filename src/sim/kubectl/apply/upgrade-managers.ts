/** Entries of client-side apply turned into entries of server-side apply (client-go's csaupgrade). */
import { hasPath, unionOf } from '../../api/managed-fields/field-set.js';
import { fieldsOf } from '../../api/managed-fields/managers.js';
import { deepEqual, type JsonObject, type KubeObject, type ManagedFieldsEntry } from '../../api/object.js';
import { LAST_APPLIED } from './last-applied.js';

const ANNOTATION = ['f:metadata', 'f:annotations', `f:${LAST_APPLIED}`];

/** The entries of an operation that hold the annotation of client-side apply. */
export function ownersOf(object: KubeObject, operation: 'Apply' | 'Update'): ManagedFieldsEntry[] {
  const entries = object.metadata.managedFields ?? [];
  return entries.filter((entry) => entry.operation === operation && hasPath(fieldsOf(entry), ANNOTATION));
}

/** The entries when everything that some managers updated counts as applied by one; undefined when that changes nothing. */
export function upgradedEntries(
  entries: readonly ManagedFieldsEntry[],
  managers: ReadonlySet<string>,
  applier: string,
): ManagedFieldsEntry[] | undefined {
  let upgraded = [...entries];
  for (const manager of managers) upgraded = withoutUpdater(upgraded, manager, applier);
  return deepEqual(upgraded, entries) ? undefined : upgraded;
}

function withoutUpdater(
  entries: readonly ManagedFieldsEntry[],
  manager: string,
  applier: string,
): ManagedFieldsEntry[] {
  const isUpdater = (entry: ManagedFieldsEntry) =>
    entry.manager === manager && entry.operation === 'Update' && !entry.subresource;
  const applying = entries.find(
    (entry) => entry.manager === applier && entry.operation === 'Apply' && !entry.subresource,
  );
  const from = applying ?? entries.find(isUpdater);
  if (!from) return [...entries];
  const target: ManagedFieldsEntry = { ...from, manager: applier, operation: 'Apply' };
  const updater = entries.find((entry) => isUpdater(entry) && entry.apiVersion === from.apiVersion);
  if (updater) target.fieldsV1 = unionOf(fieldsOf(target), fieldsOf(updater)) as JsonObject;
  return entries.flatMap((entry) => (entry === from ? [target] : isUpdater(entry) ? [] : [entry]));
}
