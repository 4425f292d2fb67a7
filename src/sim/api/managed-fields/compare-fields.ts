/** Which fields differ between two objects of a built-in kind, as structured-merge-diff's typed comparison tells them. */
import type { FactField, FactType } from '../facts/fact-types.js';
import { structOf } from '../facts/fact-types.js';
import type { TypeRef } from '../facts/type-text.js';
import { deepEqual, isJsonObject, type JsonObject } from '../object.js';
import { ownField } from '../set-field.js';
import { type FieldSet, insertPath, sortedSet } from './field-set.js';
import { FREE, isAssociative, isAtomic, pathElement } from './structure.js';

/** No field is in more than one of the three. */
export interface FieldChanges {
  readonly removed: FieldSet;
  readonly modified: FieldSet;
  readonly added: FieldSet;
}

interface Walk {
  readonly changes: FieldChanges;
  /** Elements down to where the walk is. */
  readonly path: string[];
}

/** Compares two objects as decoding leaves them. Throws FieldPathError. */
export function compareFields(type: FactType, before: JsonObject, after: JsonObject): FieldChanges {
  const walk: Walk = { changes: { removed: {}, modified: {}, added: {} }, path: [] };
  compareMembers(walk, before, after, (name) => type.byName.get(name));
  const { removed, modified, added } = walk.changes;
  return { removed: sortedSet(removed), modified: sortedSet(modified), added: sortedSet(added) };
}

/** Compares what stands at one place; an undefined side has nothing there. */
function compareAt(walk: Walk, type: TypeRef, field: FactField | undefined, before: unknown, after: unknown): void {
  if (before === after) return;
  if (isLeaf(type, field, before, after)) noteLeaf(walk, before, after);
  else {
    if (type.kind === 'list') compareItems(walk, type, field as FactField, listOf(before), listOf(after));
    else compareMap(walk, type, mapOf(before), mapOf(after));
    if (before === undefined) insertPath(walk.changes.added, walk.path);
    else if (after === undefined) insertPath(walk.changes.removed, walk.path);
  }
}

function compareMap(walk: Walk, type: TypeRef, before: JsonObject, after: JsonObject): void {
  if (type.kind === 'struct') {
    const struct = structOf(type);
    compareMembers(walk, before, after, (name) => struct.byName.get(name));
  } else compareEntries(walk, type.item ?? FREE, before, after);
}

function compareMembers(
  walk: Walk,
  before: JsonObject,
  after: JsonObject,
  fieldOf: (name: string) => FactField | undefined,
): void {
  for (const name of keysOf(before, after)) {
    const field = fieldOf(name);
    walk.path.push(`f:${name}`);
    compareAt(walk, field?.type ?? FREE, field, ownField(before, name), ownField(after, name));
    walk.path.pop();
  }
}

function compareEntries(walk: Walk, item: TypeRef, before: JsonObject, after: JsonObject): void {
  for (const name of keysOf(before, after)) {
    walk.path.push(`f:${name}`);
    compareAt(walk, item, item.marks, ownField(before, name), ownField(after, name));
    walk.path.pop();
  }
}

function keysOf(before: JsonObject, after: JsonObject): string[] {
  const keys = Object.keys(before);
  for (const key of Object.keys(after)) if (!Object.hasOwn(before, key)) keys.push(key);
  return keys;
}

function noteLeaf({ changes, path }: Walk, before: unknown, after: unknown): void {
  if (before === undefined) insertPath(changes.added, path);
  else if (after === undefined) insertPath(changes.removed, path);
  else if (!deepEqual(before, after)) insertPath(changes.modified, path);
}

/** Scalars, what is replaced as a whole, and what is empty on both sides. */
function isLeaf(type: TypeRef, field: FactField | undefined, before: unknown, after: unknown): boolean {
  switch (type.kind) {
    case 'struct':
    case 'map':
      return isAtomic(type, field) || (isEmptyMap(before) && isEmptyMap(after));
    case 'list':
      return !isAssociative(field) || (listOf(before).length === 0 && listOf(after).length === 0);
    case 'fieldsV1':
    case 'json':
      return (
        !(isJsonObject(before ?? after) && isJsonObject(after ?? before)) || (isEmptyMap(before) && isEmptyMap(after))
      );
    default:
      return true;
  }
}

function isEmptyMap(value: unknown): boolean {
  return !isJsonObject(value) || Object.keys(value).length === 0;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function compareItems(
  walk: Walk,
  type: TypeRef,
  field: FactField,
  before: readonly unknown[],
  after: readonly unknown[],
): void {
  const item = type.item as TypeRef;
  const left = byElement(item, field, before);
  const right = byElement(item, field, after);
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    walk.path.push(element);
    compareItem(walk, item, left.get(element) ?? [], right.get(element) ?? []);
    walk.path.pop();
  }
}

/** Items that share their keys are one thing that is there or not. */
function compareItem(walk: Walk, item: TypeRef, left: readonly unknown[], right: readonly unknown[]): void {
  const { changes, path } = walk;
  if (left.length <= 1 && right.length <= 1) compareAt(walk, item, item.marks, left[0], right[0]);
  else if (left.length >= 2 && right.length >= 2) {
    if (!deepEqual(left, right)) insertPath(changes.modified, path);
  } else if (left.length >= 2) {
    if (right.length > 0) compareAt(walk, item, item.marks, undefined, right[0]);
    insertPath(changes.removed, path);
  } else {
    if (left.length > 0) compareAt(walk, item, item.marks, left[0], undefined);
    insertPath(changes.added, path);
  }
}

function byElement(item: TypeRef, field: FactField, values: readonly unknown[]): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const value of values) {
    const element = pathElement(item, field, value);
    const same = found.get(element);
    if (same) same.push(value);
    else found.set(element, [value]);
  }
  return found;
}
