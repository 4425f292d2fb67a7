/** JSON as values, looked at where it is asked for rather than copied. */
import type { Schema } from './schema-declaration.js';
import { CelError, type Value } from './values.js';

/** JSON of which no schema is known, as a value. */
export function fromJson(json: unknown): Value {
  return json === null ? null : new CelError('not yet');
}

/** JSON of which a structural schema is known, as a value: dates become timestamps, sets compare as sets. */
export function fromTypedJson(json: unknown, schema: Schema): Value {
  return json === null && schema.nullable ? null : new CelError('not yet');
}

/** A value as JSON; undefined where it cannot be written as JSON. */
export function toJson(value: Value): unknown {
  return value;
}
