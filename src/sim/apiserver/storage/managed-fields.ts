import { type FactType, kindType } from '../../api/facts/fact-types.js';
import { compareFields, type FieldChanges } from '../../api/managed-fields/compare-fields.js';
import { areValidEntries, entriesAfterUpdate } from '../../api/managed-fields/managers.js';
import { FieldPathError, rootOf } from '../../api/managed-fields/structure.js';
import { typeProblems } from '../../api/managed-fields/validate-values.js';
import { deepEqual, type JsonObject, type KubeObject, type ManagedFieldsEntry } from '../../api/object.js';
import { apiVersionOf, emptyObject, fieldsOfKind, fromStored, type ServedKind } from '../served-kind.js';
import { resetFields } from './reset-fields.js';

/** What a write is known by in managedFields. */
export interface Manager {
  readonly name: string;
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
}

/**
 * Writes into an object who manages its fields from now on. It has to be done before admission and the kind's own
 * preparation change what the client sent. `old` is undefined for a new object.
 */
export function noteManager(object: KubeObject, old: KubeObject | undefined, kind: ServedKind, manager: Manager): void {
  const type = fieldsOfKind(kind);
  const before = entriesBefore(object, old, manager.subresource !== '')?.filter(isOfKnownVersion(kind));
  const { managedFields: _, ...metadata } = object.metadata;
  const entries = type && before ? entriesAfter(type, { ...object, metadata }, old, kind, manager, before) : [];
  if (entries.length > 0) object.metadata.managedFields = entries;
  else delete object.metadata.managedFields;
}

/** An entry of a version that is not served is dropped. */
function isOfKnownVersion({ kind, custom }: ServedKind): (entry: ManagedFieldsEntry) => boolean {
  if (!custom) return ({ apiVersion }) => kindType(apiVersion ?? '', kind) !== undefined;
  const { group, versions } = custom.definition.spec;
  return ({ apiVersion }) => (versions ?? []).some(({ name }) => `${group}/${name}` === apiVersion);
}

/**
 * Takes back the times of managers when nothing but they changed, so that a write which comes to nothing is none
 * (IgnoreManagedFieldsTimestampsTransformer).
 */
export function keepTimes(object: KubeObject, old: KubeObject): void {
  const now = object.metadata.managedFields ?? [];
  const before = old.metadata.managedFields ?? [];
  if (now.length !== before.length || now.every((entry, index) => entry.time === before[index]?.time)) return;
  if (!isSameBesideMetadata(object, old)) return;
  if (!now.every((entry, index) => deepEqual(timeless(entry), timeless(before[index])))) return;
  const { resourceVersion: _, ...metadata } = { ...object.metadata, managedFields: before };
  const { resourceVersion: __, ...oldMetadata } = old.metadata;
  if (deepEqual({ ...object, metadata }, { ...old, metadata: oldMetadata })) object.metadata.managedFields = before;
}

/** What most writes change, and is soon seen. */
function isSameBesideMetadata(one: KubeObject, other: KubeObject): boolean {
  const { metadata: _, ...rest } = one;
  const { metadata: __, ...others } = other;
  return deepEqual(rest, others);
}

function timeless(entry: ManagedFieldsEntry | undefined): Omit<ManagedFieldsEntry, 'time'> {
  const { time: _, ...rest } = entry ?? {};
  return rest as Omit<ManagedFieldsEntry, 'time'>;
}

/** The entries after a write; none when the object has a list whose items cannot be told apart. */
function entriesAfter(
  type: FactType,
  object: KubeObject,
  old: KubeObject | undefined,
  kind: ServedKind,
  manager: Manager,
  before: readonly ManagedFieldsEntry[],
): ManagedFieldsEntry[] {
  try {
    const live = old ?? emptyObject(kind);
    const { managedFields: _, ...metadata } = live.metadata;
    return entriesAfterUpdate(
      before,
      compareFields(type, fromStored(kind, { ...live, metadata }), fromStored(kind, object)),
      {
        manager: manager.name,
        apiVersion: apiVersionOf(kind),
        subresource: manager.subresource,
        time: manager.time,
        reset: resetFields(kind, manager.subresource),
      },
      (apiVersion) => changesIn(kind, apiVersion, { ...live, metadata }, object),
    );
  } catch (error) {
    if (error instanceof FieldPathError) return [];
    throw error;
  }
}

/** What changed as another version of a custom kind has it. Throws FieldPathError where that version knows not all. */
function changesIn(
  { custom }: ServedKind,
  apiVersion: string,
  old: KubeObject,
  object: KubeObject,
): FieldChanges | undefined {
  const [before, after] = [old, object].map((one) => {
    const isBare = Object.keys(one).length === 3 && Object.keys(one.metadata).length === 0;
    return isBare ? undefined : custom?.inVersion(one as unknown as JsonObject, apiVersion);
  });
  if (!after) return undefined;
  for (const made of [before, after]) {
    const problems = made && typeProblems(rootOf(made.type), made.object, 'refused');
    if (problems) throw new FieldPathError(problems);
  }
  return compareFields(after.type, before?.object ?? {}, after.object);
}

/**
 * The entries that an update goes on from: what the client sent, or else what is stored. Undefined when nobody is tracked:
 * somebody has cleared them.
 */
function entriesBefore(
  object: KubeObject,
  old: KubeObject | undefined,
  isSubresource: boolean,
): ManagedFieldsEntry[] | undefined {
  const stored = old?.metadata.managedFields ?? [];
  const sent = isSubresource ? [] : (object.metadata.managedFields ?? []);
  if (isCleared(sent)) return old ? undefined : [];
  const from = sent.length > 0 && areValidEntries(sent) ? sent : areValidEntries(stored) ? stored : [];
  return from.length === 0 && old ? undefined : [...from];
}

/** One empty entry, or none where some were sent, means that they are to be forgotten. */
function isCleared(entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.length === 1 && Object.keys(entries[0] as object).length === 0;
}
