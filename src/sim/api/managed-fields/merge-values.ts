/** An applied configuration merged into the object that is there, as structured-merge-diff merges typed values. */
import { isJsonObject, type JsonObject } from '../object.js';
import { setField } from '../set-field.js';
import { FREE, itemOf, memberOf, type Place, pathElement, shapeOf } from './structure.js';

/** Merges an object with a configuration of it; neither is changed, and parts of both are in the result. Throws FieldPathError. */
export function mergeValues(place: Place, live: JsonObject, config: JsonObject): JsonObject {
  return (mergeAt(place, live, config) ?? {}) as JsonObject;
}

/** A side that is not there is undefined; null is a value, one that takes any shape. */
function mergeAt(place: Place, left: unknown, right: unknown): unknown {
  const shape = shapeOf(place, right === undefined ? left : right);
  if (shape === 'leaf') return right === undefined ? left : right;
  if (shape === 'list') return mergeLists(place, left, right);
  return mergeMaps(place, left, right);
}

function mergeMaps(place: Place, left: unknown, right: unknown): unknown {
  const [before, given] = [mapOf(left), mapOf(right)];
  const names = new Set([...Object.keys(before), ...Object.keys(given)]);
  // What is empty on both sides is one thing: empty and null stay apart.
  if (names.size === 0) return right === undefined ? left : right;
  const merged: JsonObject = {};
  for (const name of names) {
    const at = memberOf(place, name) ?? { type: FREE, field: undefined };
    const value = mergeAt(at, own(before, name), own(given, name));
    if (value !== undefined) setField(merged, name, value);
  }
  return merged;
}

function own(map: JsonObject, name: string): unknown {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function mapOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

interface Items {
  readonly elements: readonly string[];
  readonly values: readonly unknown[];
  /** By element; null for one that is there more than once. */
  readonly byElement: ReadonlyMap<string, unknown>;
}

function itemsOf(place: Place, value: unknown): Items {
  const values = Array.isArray(value) ? value : [];
  const field = place.field as NonNullable<Place['field']>;
  const elements = values.map((one) => pathElement(itemOf(place).type, field, one));
  const byElement = new Map<string, unknown>();
  elements.forEach((element, index) => {
    byElement.set(element, byElement.has(element) ? null : values[index]);
  });
  return { elements, values, byElement };
}

function mergeLists(place: Place, left: unknown, right: unknown): unknown {
  const [before, given] = [itemsOf(place, left), itemsOf(place, right)];
  if (before.values.length === 0 && given.values.length === 0) return right === undefined ? left : right;
  return new ListMerge(itemOf(place), before, given).run();
}

/** Items of both lists in one order: that of the configuration, with the others where they stood between them. */
class ListMerge {
  readonly #item: Place;
  readonly #before: Items;
  readonly #given: Items;
  readonly #merged: unknown[] = [];
  readonly #taken = new Set<string>();
  /** What both have and is still to come, in the configuration's order. */
  readonly #shared: string[];
  #left = 0;
  #right = 0;

  constructor(item: Place, before: Items, given: Items) {
    this.#item = item;
    this.#before = before;
    this.#given = given;
    this.#shared = given.elements.filter((element) => before.byElement.has(element));
  }

  run(): unknown[] {
    while (this.#left < this.#before.elements.length || this.#right < this.#given.elements.length) this.#step();
    return this.#merged;
  }

  #step(): void {
    const [left, right] = [this.#before.elements[this.#left], this.#given.elements[this.#right]];
    if (left !== undefined && right !== undefined) {
      if (left === right) {
        this.#left += 1;
        this.#takeGiven(right);
        this.#shared.shift();
        return;
      }
      const next = this.#shared[0];
      if (this.#given.byElement.has(left) && next !== undefined && next !== left) {
        this.#left += 1;
        return;
      }
    }
    if (left !== undefined && !this.#given.byElement.has(left)) {
      this.#merged.push(mergeAt(this.#item, this.#before.values[this.#left], undefined));
      this.#left += 1;
      return;
    }
    if (left !== undefined && this.#taken.has(left)) this.#left += 1;
    if (right === undefined) return;
    this.#takeGiven(right);
    if (this.#shared[0] === right) this.#shared.shift();
  }

  #takeGiven(element: string): void {
    this.#taken.add(element);
    this.#merged.push(mergeAt(this.#item, this.#before.byElement.get(element), this.#given.byElement.get(element)));
    this.#right += 1;
  }
}
