/** A value without some of its fields, as structured-merge-diff removes them. */
import { isJsonObject, type JsonObject } from '../object.js';
import { setField } from '../set-field.js';
import { type FieldSet, hasBelow, isMember } from './field-set.js';
import { FREE, itemOf, memberOf, type Place, pathElement, shapeOf } from './structure.js';

/** Takes the fields of a set out of a value, which is not changed itself. What is emptied stays, empty. */
export function removeItems(place: Place, value: JsonObject, fields: FieldSet): JsonObject {
  return (removeAt(place, value, fields) ?? {}) as JsonObject;
}

/** Undefined when nothing is left. */
function removeAt(place: Place, value: unknown, fields: FieldSet): unknown {
  const shape = shapeOf(place, value);
  if (shape === 'map') return isJsonObject(value) ? removeMembers(place, value, fields) : undefined;
  if (shape === 'list') return Array.isArray(value) ? removeListed(place, value, fields) : undefined;
  // What is one thing has no parts to take out of it.
  return typeof value === 'object' ? undefined : value;
}

function removeMembers(place: Place, value: JsonObject, fields: FieldSet): JsonObject | undefined {
  const kept: JsonObject = {};
  let matched = false;
  for (const [name, member] of Object.entries(value)) {
    const there = fields[`f:${name}`];
    if (there && isMember(there)) continue;
    if (there && hasBelow(there)) matched = true;
    const at = memberOf(place, name) ?? { type: FREE, field: undefined };
    setField(kept, name, there ? inner(at, member, there) : member);
  }
  return matched || Object.keys(kept).length > 0 ? kept : undefined;
}

function removeListed(place: Place, values: readonly unknown[], fields: FieldSet): unknown[] | undefined {
  const kept: unknown[] = [];
  const item = itemOf(place);
  let matched = false;
  for (const value of values) {
    const there = fields[pathElement(item.type, place.field as NonNullable<Place['field']>, value)];
    if (there && isMember(there)) continue;
    if (there && hasBelow(there)) matched = true;
    kept.push(there ? inner(item, value, there) : value);
  }
  return matched || kept.length > 0 ? kept : undefined;
}

function inner(place: Place, value: unknown, fields: FieldSet): unknown {
  const rest = removeAt(place, value, fields);
  if (rest !== undefined) return rest;
  if (isJsonObject(value)) return {};
  return Array.isArray(value) ? [] : null;
}
