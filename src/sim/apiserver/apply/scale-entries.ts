/** Who manages how many replicas there are, seen from the workload and from its scale (apimachinery's ScaleHandler). */
import { differenceOf, type FieldSet, hasPath, isEmptySet } from '../../api/managed-fields/field-set.js';
import { fieldsOf, isSameManager, sortEntries } from '../../api/managed-fields/managers.js';
import type { JsonObject, ManagedFieldsEntry } from '../../api/object.js';

const SCALE_VERSION = 'autoscaling/v1';
const REPLICAS: FieldSet = { 'f:spec': { 'f:replicas': {} } };
const PATH = ['f:spec', 'f:replicas'];

/** The entries of a scale: those of its workload that have to do with replicas. */
export function scaleEntries(entries: readonly ManagedFieldsEntry[], apiVersion: string): ManagedFieldsEntry[] {
  return entries
    .filter((entry) => entry.apiVersion === apiVersion && hasPath(fieldsOf(entry), PATH))
    .map((entry) => ({ ...entry, apiVersion: SCALE_VERSION, fieldsV1: REPLICAS as JsonObject }));
}

/** The entries of a workload once its scale has the given ones. New ones have no time: only the workload's own are known. */
export function workloadEntries(
  entries: readonly ManagedFieldsEntry[],
  scale: readonly ManagedFieldsEntry[],
  apiVersion: string,
): ManagedFieldsEntry[] {
  const isOf = (entry: ManagedFieldsEntry) => (other: ManagedFieldsEntry) =>
    isSameManager({ ...entry, apiVersion: SCALE_VERSION }, other);
  const known = entries.filter((entry) => entry.apiVersion === apiVersion);
  const kept = known.flatMap((entry) => {
    if (!hasPath(fieldsOf(entry), PATH) || scale.some(isOf(entry))) return [entry];
    const rest = differenceOf(fieldsOf(entry), REPLICAS);
    return isEmptySet(rest) ? [] : [{ ...entry, fieldsV1: rest as JsonObject }];
  });
  const holders = known.filter((entry) => hasPath(fieldsOf(entry), PATH));
  const added = scale
    .filter((entry) => hasPath(fieldsOf(entry), PATH) && !holders.some((holder) => isOf(holder)(entry)))
    .map(({ time: _, ...entry }) => ({ ...entry, apiVersion, fieldsV1: REPLICAS as JsonObject }));
  return sortEntries([...kept, ...added]);
}
