/** What goes from an object because whoever applied it last time does not apply it any more. */
import type { JsonObject } from '../object.js';
import { differenceOf, type FieldSet, intersectionOf, isEmptySet, isMember, unionOf } from './field-set.js';
import { removeItems } from './remove-items.js';
import { isNamedField, itemOf, memberOf, type Place } from './structure.js';
import { toFieldSet } from './to-field-set.js';

/** Fields that somebody manages in one version, and objects as that version has them. */
export interface Held {
  readonly place: Place;
  readonly fields: readonly FieldSet[];
  readonly inVersion: (object: JsonObject) => JsonObject;
}

/**
 * Takes out of a merged object what was applied last time, unless anybody holds it now; `held` are all fields that
 * somebody manages, those of the new configuration among them, first those of the object's own version. What others put
 * below stays, and so does what holds it. `back` makes an object of one of those versions one of the object's own.
 */
export function prune(
  place: Place,
  merged: JsonObject,
  last: FieldSet,
  held: readonly Held[],
  back: (object: JsonObject) => JsonObject,
): JsonObject {
  if (isEmptySet(last)) return merged;
  const lastNamed = withNamedFields(place, last);
  const mergedNamed = withNamedFields(place, toFieldSet(place, merged));
  let all = merged;
  let pruned = removeItems(place, merged, lastNamed);
  for (const { place: at, fields, inVersion } of held) {
    all = inVersion(all);
    pruned = withHeld(at, all, inVersion(pruned), unionAll(fields));
  }
  const prunedNamed = withNamedFields(place, toFieldSet(place, back(pruned)));
  return removeItems(place, merged, intersectionOf(differenceOf(mergedNamed, prunedNamed), lastNamed));
}

/** A pruned object with what somebody holds. */
function withHeld(place: Place, merged: JsonObject, pruned: JsonObject, fields: FieldSet): JsonObject {
  const stays = unionOf(withNamedFields(place, toFieldSet(place, pruned)), withNamedFields(place, fields));
  return removeItems(place, merged, differenceOf(withNamedFields(place, toFieldSet(place, merged)), stays));
}

function unionAll(sets: readonly FieldSet[]): FieldSet {
  return sets.reduce((all, set) => unionOf(all, set), {});
}

/** A set with the fields of structs that something is below of; entries of maps and items of lists are left as they are. */
function withNamedFields(place: Place | undefined, set: FieldSet): FieldSet {
  const named: FieldSet = {};
  for (const [element, node] of Object.entries(set)) {
    if (element === '.') continue;
    const name = element.startsWith('f:') ? element.slice(2) : undefined;
    const below = withNamedFields(place && innerPlace(place, name), node);
    const member = isMember(node) || (name !== undefined && place !== undefined && isNamedField(place, name));
    named[element] = member && !isEmptySet(below) ? { '.': {}, ...below } : below;
  }
  return named;
}

function innerPlace(place: Place, name: string | undefined): Place | undefined {
  return name === undefined ? itemOf(place) : memberOf(place, name);
}
