/**
 * Lists and maps that a request gave empty. Objects are kept without them, as Go's encoder leaves them out; messages that
 * print a value still tell an empty one from one that is not there.
 */
import { isJsonObject, type JsonObject } from './object.js';
import { setField } from './set-field.js';

const given = new WeakMap<object, JsonObject>();

/** Remembers that a field of an object was given as an empty list or map. */
export function noteGivenEmpty(object: JsonObject, name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const noted = given.get(object) ?? {};
  setField(noted, name, value);
  given.set(object, noted);
}

/** A field of an object as it was given: its value, `[]`, `{}`, or undefined. */
export function givenField(object: object, name: string): unknown {
  return (object as JsonObject)[name] ?? given.get(object)?.[name];
}

/** A deep copy that remembers the same. */
export function copyGiven<T>(value: T): T {
  if (Array.isArray(value)) return value.map((one) => copyGiven(one)) as T;
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, one] of Object.entries(value)) if (one !== undefined) setField(copy, key, copyGiven(one));
  const noted = given.get(value);
  if (noted) given.set(copy, noted);
  return copy as T;
}
