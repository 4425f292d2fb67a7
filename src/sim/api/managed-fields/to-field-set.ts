/** The fields that an applied configuration names, as structured-merge-diff tells them. */
import { isJsonObject, type JsonObject } from '../object.js';
import { type FieldSet, insertPath, sortedSet } from './field-set.js';
import { FREE, isNamedField, itemOf, memberOf, type Place, pathElement, shapeOf } from './structure.js';

/** The set of fields in a value that is valid for its place. Throws FieldPathError. */
export function toFieldSet(place: Place, value: JsonObject): FieldSet {
  const set: FieldSet = {};
  collect(set, [], place, value);
  return sortedSet(set);
}

function collect(set: FieldSet, path: string[], place: Place, value: unknown): void {
  const shape = shapeOf(place, value);
  if (shape === 'leaf') insertPath(set, path);
  else if (shape === 'map') collectMembers(set, path, place, isJsonObject(value) ? value : {});
  else collectItems(set, path, place, Array.isArray(value) ? value : []);
}

function collectMembers(set: FieldSet, path: string[], place: Place, value: JsonObject): void {
  for (const [name, member] of Object.entries(value)) {
    path.push(`f:${name}`);
    collect(set, path, memberOf(place, name) ?? { type: FREE, field: undefined }, member);
    // An entry of a map is somebody's as such; a field of a struct is only when there is nothing in it to have.
    if (member === null || isEmptyMap(member) || !isNamedField(place, name)) insertPath(set, path);
    path.pop();
  }
}

function isEmptyMap(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function collectItems(set: FieldSet, path: string[], place: Place, values: readonly unknown[]): void {
  if (!place.field) return;
  const item = itemOf(place);
  const named = values.map((value) => [
    pathElement(item.type, place.field as NonNullable<Place['field']>, value),
    value,
  ]);
  const counts = new Map<string, number>();
  for (const [element] of named) counts.set(element as string, (counts.get(element as string) ?? 0) + 1);
  for (const [element, value] of named as [string, unknown][]) {
    path.push(element);
    if (counts.get(element) === 1) collect(set, path, item, value);
    insertPath(set, path);
    path.pop();
  }
}
