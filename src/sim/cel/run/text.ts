/** Values as error messages and conversions write them: what Go prints with `%v`. */
import { goFloat } from '../../api/go-number.js';
import { typeText } from '../type-text.js';
import { CelList, CelMap, Duration, Optional, Timestamp, TypeValue, Uint, type Value } from '../values.js';
import { typeOf } from './kinds.js';
import { durationText, goTimeText } from './times.js';

/** A value as Go prints it. */
export function valueText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'number':
      return doubleText(value);
    default:
      return value === null ? 'NULL_VALUE' : objectText(value);
  }
}

function objectText(value: object): string {
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Uint8Array) return `[${value.join(' ')}]`;
  if (value instanceof Timestamp) return goTimeText(value.nanos);
  if (value instanceof Duration) return durationText(value.nanos);
  if (value instanceof TypeValue) return value.type.name;
  if (value instanceof Optional) {
    return value.value === undefined ? 'optional.none()' : `optional(${valueText(value.value)})`;
  }
  if (value instanceof CelList) {
    return `[${Array.from({ length: value.size }, (_, at) => valueText(value.at(at))).join(', ')}]`;
  }
  if (value instanceof CelMap) {
    const entries = value.keys().map((key) => `${valueText(key)}: ${valueText(value.find(key) ?? null)}`);
    return `{${entries.join(', ')}}`;
  }
  return typeText(typeOf(value as Value));
}

/** A floating point number: with an exponent from 1e21 on, and below 1e-4. */
function doubleText(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e21 || size < 1e6) return goFloat(value);
  return String(value);
}

/** What Go calls the type of a value. */
export function goTypeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'types.String';
    case 'bigint':
      return 'types.Int';
    case 'boolean':
      return 'types.Bool';
    case 'number':
      return 'types.Double';
    default:
      return value === null ? 'types.Null' : goObjectName(value);
  }
}

function goObjectName(value: object): string {
  if (value instanceof Uint) return 'types.Uint';
  if (value instanceof Uint8Array) return 'types.Bytes';
  if (value instanceof Timestamp) return 'types.Timestamp';
  if (value instanceof Duration) return 'types.Duration';
  if (value instanceof TypeValue) return '*types.Type';
  if (value instanceof Optional) return '*types.Optional';
  if (value instanceof CelList) return '*types.baseList';
  return value instanceof CelMap ? '*types.baseMap' : typeOf(value as Value).name;
}
