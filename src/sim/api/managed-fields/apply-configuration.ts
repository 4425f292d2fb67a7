/** Server-side apply as structured-merge-diff and apimachinery's managedfields do it: merge, prune, conflicts, owners. */
import type { FactType } from '../facts/fact-types.js';
import { deepEqual, type JsonObject, type ManagedFieldsEntry } from '../object.js';
import { compareFields } from './compare-fields.js';
import { ApplyConflict, type Conflict } from './conflicts.js';
import {
  differenceOf,
  type FieldSet,
  intersectionOf,
  isEmptySet,
  pathsOf,
  unionOf,
  withoutFields,
} from './field-set.js';
import { fieldsOf, isSameManager, NOBODYS, sortEntries, withFields } from './managers.js';
import { mergeValues } from './merge-values.js';
import { type Held, prune } from './prune.js';
import { rootOf } from './structure.js';
import { toFieldSet } from './to-field-set.js';

/** An object in one version, and that version's type. */
export interface Versioned {
  readonly type: FactType;
  readonly object: JsonObject;
}

/** Everything an apply starts from. */
export interface Application {
  readonly type: FactType;
  readonly apiVersion: string;
  /** As it is, without managedFields; what an object of the kind begins as when there is none. */
  readonly live: JsonObject;
  readonly config: JsonObject;
  readonly entries: readonly ManagedFieldsEntry[];
  readonly manager: string;
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
  readonly force: boolean;
  /** The fields that a write through this path does not change. */
  readonly reset: readonly (readonly string[])[];
  /** An object as another version has it; undefined for a version that there is not. */
  readonly inVersion: (object: JsonObject, apiVersion: string) => Versioned | undefined;
}

/** What an apply comes to; without an object it changes nothing but who manages what. */
export interface Applied {
  readonly object: JsonObject | undefined;
  readonly entries: ManagedFieldsEntry[];
}

/** Applies a configuration that fits its type. Throws ApplyConflict, FieldPathError. */
export function applyConfiguration(application: Application): Applied {
  const { type, live, config, apiVersion } = application;
  const root = rootOf(type);
  const known = application.entries.filter(({ apiVersion: version }) => versionOf(application, live, version ?? ''));
  const own = ownEntry(application);
  const before = known.find((entry) => isSameManager(entry, own));
  const set = withoutFields(toFieldSet(root, config), application.reset);
  const mine = { ...own, fieldsV1: set as JsonObject, ...(before?.time === undefined ? {} : { time: before.time }) };
  const others = known.filter((entry) => entry !== before);
  const merged = mergeValues(root, live, config);
  const object = pruned(application, merged, before, [...others, mine]);
  const entries = entriesAfter(application, object, others);
  const changed = !deepEqual(live, object);
  const stripped = differenceOf(set, NOBODYS);
  const last = { ...mine, apiVersion, ...(changed ? { time: application.time } : {}) };
  return {
    object: changed ? object : undefined,
    entries: sortEntries([...entries, ...withFields(last, stripped)]),
  };
}

function ownEntry({ manager, apiVersion, subresource }: Application): ManagedFieldsEntry {
  return {
    manager,
    operation: 'Apply',
    apiVersion,
    fieldsType: 'FieldsV1',
    ...(subresource === '' ? {} : { subresource }),
  };
}

function versionOf(application: Application, object: JsonObject, apiVersion: string): Versioned | undefined {
  if (apiVersion === application.apiVersion) return { type: application.type, object };
  return application.inVersion(object, apiVersion);
}

/** The merged object without what its applier has given up, in the version it was applied in. */
function pruned(
  application: Application,
  merged: JsonObject,
  before: ManagedFieldsEntry | undefined,
  entries: readonly ManagedFieldsEntry[],
): JsonObject {
  if (!before) return merged;
  const { apiVersion } = application;
  const at = versionOf(application, merged, before.apiVersion ?? '');
  if (!at) return merged;
  const own = before.apiVersion ?? '';
  const versions = [...new Set([own, ...entries.map((entry) => entry.apiVersion ?? '')])];
  const held = versions.map((version): Held => {
    const type = versionOf(application, merged, version)?.type ?? at.type;
    const fields = entries.filter((entry) => entry.apiVersion === version).map(fieldsOf);
    return { place: rootOf(type), fields, inVersion: (object) => inVersion(application, object, version) };
  });
  const back = (object: JsonObject) => inVersion(application, object, own);
  const rest = prune(rootOf(at.type), at.object, fieldsOf(before), held, back);
  if (before.apiVersion === apiVersion) return rest;
  return application.inVersion(rest, apiVersion)?.object ?? merged;
}

/** An object as a version has it, which it may be of. */
function inVersion({ inVersion: convert }: Application, object: JsonObject, apiVersion: string): JsonObject {
  return object['apiVersion'] === apiVersion ? object : (convert(object, apiVersion)?.object ?? object);
}

/** The other managers' entries once the object is what it is now. Throws ApplyConflict when a field is taken without force. */
function entriesAfter(
  application: Application,
  object: JsonObject,
  others: readonly ManagedFieldsEntry[],
): ManagedFieldsEntry[] {
  const changes = new Map<string, { taken: FieldSet; removed: FieldSet }>();
  const changesIn = (apiVersion: string) => {
    const known = changes.get(apiVersion);
    if (known) return known;
    const made = changesOf(application, object, apiVersion);
    changes.set(apiVersion, made);
    return made;
  };
  const conflicts: Conflict[] = [];
  const kept = others.flatMap((entry) => {
    const { taken, removed } = changesIn(entry.apiVersion ?? '');
    const fields = fieldsOf(entry);
    const lost = intersectionOf(fields, taken);
    if (!isEmptySet(lost)) conflicts.push(...pathsOf(lost).map((path) => ({ entry, path })));
    return withFields(entry, differenceOf(differenceOf(fields, lost), removed));
  });
  if (conflicts.length > 0 && !application.force) throw new ApplyConflict(conflicts);
  return kept;
}

function changesOf(
  application: Application,
  object: JsonObject,
  apiVersion: string,
): { taken: FieldSet; removed: FieldSet } {
  const { live, reset } = application;
  const [before, after] = [versionOf(application, live, apiVersion), versionOf(application, object, apiVersion)];
  if (!before || !after) return { taken: {}, removed: {} };
  const { removed, modified, added } = compareFields(before.type, before.object, after.object);
  return { taken: withoutFields(unionOf(modified, added), reset), removed: withoutFields(removed, reset) };
}
