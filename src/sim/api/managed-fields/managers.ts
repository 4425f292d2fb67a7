/** Who manages which fields after somebody updated an object (apimachinery util/managedfields). */
import { compareText } from '../go-text.js';
import { isJsonObject, type JsonObject, type ManagedFieldsEntry } from '../object.js';
import type { FieldChanges } from './compare-fields.js';
import {
  differenceOf,
  type FieldSet,
  isEmptySet,
  NO_FIELDS,
  setAsBefore,
  unionOf,
  withoutFields,
} from './field-set.js';

/** Updates are told apart up to this many; older ones become one. */
const UPDATE_MANAGERS_MAX = 10;
const OLD_UPDATES = 'ancient-changes';

/** Fields that nobody manages. */
export const NOBODYS: FieldSet = {
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:clusterName': {},
    'f:creationTimestamp': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:name': {},
    'f:namespace': {},
    'f:resourceVersion': {},
    'f:selfLink': {},
    'f:uid': {},
  },
};

/** What an update is known by; `reset` are the fields that a write through this path does not change. */
export interface Updater {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
  readonly reset: readonly (readonly string[])[];
}

/**
 * The entries after an update: what was changed, added or taken away is nobody else's any more, and what was changed or
 * added is the updater's. `changesIn` are the changes as another version has them; undefined where they are the same.
 */
export function entriesAfterUpdate(
  entries: readonly ManagedFieldsEntry[],
  changes: FieldChanges,
  updater: Updater,
  changesIn: (apiVersion: string) => FieldChanges | undefined = () => undefined,
): ManagedFieldsEntry[] {
  const { reset } = updater;
  const written = withoutFields(unionOf(changes.modified, changes.added), reset);
  const lost = unionOf(written, withoutFields(changes.removed, reset));
  const lostOf = ({ apiVersion = '' }: ManagedFieldsEntry): FieldSet => {
    const there = apiVersion === updater.apiVersion ? undefined : changesIn(apiVersion);
    return there ? unionOf(unionOf(there.modified, there.added), there.removed) : lost;
  };
  const kept = entries.flatMap((entry) => withFields(entry, differenceOf(fieldsOf(entry), lostOf(entry))));
  const own = differenceOf(written, NOBODYS);
  return isEmptySet(own) ? sortEntries(kept) : sortEntries(capUpdates(addUpdate(kept, own, updater, entries)));
}

function addUpdate(
  entries: readonly ManagedFieldsEntry[],
  own: FieldSet,
  updater: Updater,
  all: readonly ManagedFieldsEntry[],
): ManagedFieldsEntry[] {
  const entry: ManagedFieldsEntry = {
    manager: updater.manager || 'unknown',
    operation: 'Update',
    apiVersion: updater.apiVersion,
    time: updater.time,
    fieldsType: 'FieldsV1',
    fieldsV1: own,
    ...(updater.subresource === '' ? {} : { subresource: updater.subresource }),
  };
  const before = entries.find((other) => isSameManager(other, entry));
  if (!before) return [...entries, entry];
  // Who writes the same fields again keeps the very set that he had: it is known to be one.
  const had = all.find((other) => isSameManager(other, entry));
  const joined = {
    ...entry,
    fieldsV1: setAsBefore(unionOf(own, fieldsOf(before)), had && fieldsOf(had)) as JsonObject,
  };
  return entries.map((other) => (other === before ? joined : other));
}

/** The fields of an entry. */
export function fieldsOf(entry: ManagedFieldsEntry): FieldSet {
  return (entry.fieldsV1 ?? NO_FIELDS) as FieldSet;
}

/** An entry with other fields; an entry without any goes. */
export function withFields(entry: ManagedFieldsEntry, fields: FieldSet): ManagedFieldsEntry[] {
  if (isEmptySet(fields)) return [];
  return [fields === entry.fieldsV1 ? entry : { ...entry, fieldsV1: fields }];
}

/** The version does not count among those who apply. */
export function isSameManager(a: ManagedFieldsEntry, b: ManagedFieldsEntry): boolean {
  if (a.manager !== b.manager || a.operation !== b.operation || a.subresource !== b.subresource) return false;
  return a.operation === 'Apply' || a.apiVersion === b.apiVersion;
}

/** Joins the oldest updates of a version into one, when there are too many. */
function capUpdates(entries: ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const updates = entries.filter((entry) => entry.operation === 'Update');
  let surplus = updates.length - UPDATE_MANAGERS_MAX;
  if (surplus <= 0) return entries;
  const gone = new Set<ManagedFieldsEntry>();
  const buckets = new Map<string, ManagedFieldsEntry>();
  for (const entry of sortEntries(updates)) {
    if (surplus <= 0) break;
    const version = entry.apiVersion ?? '';
    const bucket = buckets.get(version);
    gone.add(entry);
    if (!bucket) {
      buckets.set(version, entry);
      continue;
    }
    surplus -= 1;
    const { subresource: _, ...first } = bucket;
    const fieldsV1 = unionOf(fieldsOf(entry), fieldsOf(bucket)) as JsonObject;
    buckets.set(version, { ...first, manager: OLD_UPDATES, ...timeOf(entry), fieldsV1 });
  }
  return [...entries.filter((entry) => !gone.has(entry)), ...buckets.values()];
}

function timeOf({ time }: ManagedFieldsEntry): { time?: string } {
  return time === undefined ? {} : { time };
}

/** In the order in which they are stored: by operation, time, manager, version, subresource. */
export function sortEntries(entries: readonly ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const fields = ['operation', 'time', 'manager', 'apiVersion', 'subresource'] as const;
  return [...entries].sort((a, b) => {
    for (const field of fields) {
      const order = compareText(a[field] ?? '', b[field] ?? '');
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Whether entries can be gone on with; a client may send anything. */
export function areValidEntries(entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.every(
    ({ operation, apiVersion, fieldsType, fieldsV1 }) =>
      (operation === 'Apply' || operation === 'Update') &&
      Boolean(apiVersion) &&
      fieldsType === 'FieldsV1' &&
      (fieldsV1 === undefined || isFieldSet(fieldsV1)),
  );
}

/** Sets that were found to be some: entries are handed on from one state of an object to the next, and never changed. */
const fieldSets = new WeakSet<object>();

function isFieldSet(value: JsonObject): boolean {
  if (fieldSets.has(value)) return true;
  const holds = holdsPaths(value);
  if (holds) fieldSets.add(value);
  return holds;
}

/** Whether every key names an element of a path. */
function holdsPaths(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  return Object.entries(value).every(([key, below]) => /^(?:\.$|[fkvi]:)/.test(key) && holdsPaths(below));
}
