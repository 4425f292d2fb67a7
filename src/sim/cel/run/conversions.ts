/** Values as values of another type. */
import { goFloat } from '../../api/go-number.js';
import { BOOL, BYTES, type CelType, DOUBLE, DURATION, INT, STRING, TIMESTAMP, UINT } from '../types.js';
import { CelError, Duration, Timestamp, Uint, type Value } from '../values.js';
import { typeOf } from './kinds.js';
import { INT_OVERFLOW, TIMESTAMP_OVERFLOW, UINT_OVERFLOW } from './mistakes.js';
import { readDuration, readTimestamp, secondsText, timestampOf, timestampText, unixSeconds, zoneOf } from './times.js';

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** No value of one type can be made of one of another. */
function conversionError(value: Value, type: CelType): CelError {
  return new CelError(`type conversion error from '${typeOf(value).name}' to '${type.name}'`);
}

/** True or false of a text. */
export function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return conversionError(value, BOOL);
  return TRUE.has(value) ? true : FALSE.has(value) ? false : conversionError(value, BOOL);
}

/** The bytes of a text. */
export function toBytes(value: Value): Value {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? new TextEncoder().encode(value) : conversionError(value, BYTES);
}

/** A floating point number of a number or text. */
export function toDouble(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  if (typeof value !== 'string') return conversionError(value, DOUBLE);
  return readGoFloat(value) ?? conversionError(value, DOUBLE);
}

function readGoFloat(text: string): number | undefined {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special) return /nan/i.test(text) ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?(\d[\d]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A whole number of a number, text, instant (seconds since 1970) or span (billionths). */
export function toInt(value: Value): Value {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') {
    return Number.isNaN(value) || value <= -(2 ** 63) || value >= 2 ** 63 ? INT_OVERFLOW : BigInt(Math.trunc(value));
  }
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) return conversionError(value, INT);
    const number = BigInt(value.replace(/^\+/, ''));
    return BigInt.asIntN(64, number) === number ? number : conversionError(value, INT);
  }
  if (value instanceof Uint) return BigInt.asIntN(64, value.value) === value.value ? value.value : INT_OVERFLOW;
  if (value instanceof Timestamp) return unixSeconds(value);
  return value instanceof Duration ? value.nanos : conversionError(value, INT);
}

/** An unsigned number of a number or text. */
export function toUint(value: Value): Value {
  if (value instanceof Uint) return value;
  if (typeof value === 'bigint') return value < 0n ? UINT_OVERFLOW : new Uint(value);
  if (typeof value === 'number') {
    return Number.isNaN(value) || value < 0 || value >= 2 ** 64 ? UINT_OVERFLOW : new Uint(BigInt(Math.trunc(value)));
  }
  if (typeof value !== 'string' || !/^\d+$/.test(value)) return conversionError(value, UINT);
  const number = BigInt(value);
  return BigInt.asUintN(64, number) === number ? new Uint(number) : conversionError(value, UINT);
}

/** The text of a plain value. */
export function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return goFloat(value);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return secondsText(value.nanos);
  if (!(value instanceof Uint8Array)) return conversionError(value, STRING);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

/** An instant of RFC 3339 text or of seconds since 1970. */
export function toTimestamp(value: Value): Value {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'bigint') return timestampOf(value * 1_000_000_000n) ?? TIMESTAMP_OVERFLOW;
  const nanos = typeof value === 'string' ? readTimestamp(value) : undefined;
  if (nanos === undefined) return conversionError(value, TIMESTAMP);
  return timestampOf(nanos, zoneOf(String(value))) ?? TIMESTAMP_OVERFLOW;
}

/** A span of Go's text for it. */
export function toDuration(value: Value): Value {
  if (value instanceof Duration) return value;
  const nanos = typeof value === 'string' ? readDuration(value) : undefined;
  return nanos === undefined ? conversionError(value, DURATION) : new Duration(nanos);
}
