/** Who manages how many replicas there are, seen from the workload and from its scale (apimachinery's ScaleHandler). */
import { differenceOf, type FieldSet, hasPath, insertPath, isEmptySet } from '../../api/managed-fields/field-set.js';
import { fieldsOf, isSameManager, sortEntries } from '../../api/managed-fields/managers.js';
import type { JsonObject, ManagedFieldsEntry } from '../../api/object.js';

const SCALE_VERSION = 'autoscaling/v1';
const REPLICAS: FieldSet = { 'f:spec': { 'f:replicas': {} } };

/** The entries of a scale: those of its workload that have to do with replicas. */
export function scaleEntries(
  entries: readonly ManagedFieldsEntry[],
  apiVersion: string,
  path: readonly string[],
): ManagedFieldsEntry[] {
  const at = elementsOf(path);
  return entries
    .filter((entry) => entry.apiVersion === apiVersion && hasPath(fieldsOf(entry), at))
    .map((entry) => ({ ...entry, apiVersion: SCALE_VERSION, fieldsV1: REPLICAS as JsonObject }));
}

/** The entries of a workload once its scale has the given ones. New ones have no time: only the workload's own are known. */
export function workloadEntries(
  entries: readonly ManagedFieldsEntry[],
  scale: readonly ManagedFieldsEntry[],
  apiVersion: string,
  path: readonly string[],
): ManagedFieldsEntry[] {
  const at = elementsOf(path);
  const own = setOf(at);
  const isOf = (entry: ManagedFieldsEntry) => (other: ManagedFieldsEntry) =>
    isSameManager({ ...entry, apiVersion: SCALE_VERSION }, other);
  const known = entries.filter((entry) => entry.apiVersion === apiVersion);
  const kept = known.flatMap((entry) => {
    if (!hasPath(fieldsOf(entry), at) || scale.some(isOf(entry))) return [entry];
    const rest = differenceOf(fieldsOf(entry), own);
    return isEmptySet(rest) ? [] : [{ ...entry, fieldsV1: rest as JsonObject }];
  });
  const holders = known.filter((entry) => hasPath(fieldsOf(entry), at));
  const added = scale
    .filter(
      (entry) =>
        hasPath(fieldsOf(entry), elementsOf(['spec', 'replicas'])) && !holders.some((holder) => isOf(holder)(entry)),
    )
    .map(({ time: _, ...entry }) => ({ ...entry, apiVersion, fieldsV1: own as JsonObject }));
  return sortEntries([...kept, ...added]);
}

function elementsOf(path: readonly string[]): string[] {
  return path.map((name) => `f:${name}`);
}

function setOf(elements: readonly string[]): FieldSet {
  const set: FieldSet = {};
  insertPath(set, elements);
  return set;
}
