/** Sums, differences, products and quotients, with the limits of 64 bits. */
import { CelError, CelList, Duration, Timestamp, Uint, type Value } from '../values.js';
import { JoinedList } from './collections.js';
import { DURATION_OVERFLOW, INT_OVERFLOW, NO_OVERLOAD, TIMESTAMP_OVERFLOW, UINT_OVERFLOW } from './mistakes.js';
import { durationOf, timestampOf } from './times.js';

const DIVIDE_BY_ZERO = new CelError('division by zero');
const MODULUS_BY_ZERO = new CelError('modulus by zero');

function int(value: bigint): Value {
  return BigInt.asIntN(64, value) === value ? value : INT_OVERFLOW;
}

function uint(value: bigint): Value {
  return BigInt.asUintN(64, value) === value ? new Uint(value) : UINT_OVERFLOW;
}

function span(nanos: bigint): Value {
  return durationOf(nanos) ?? DURATION_OVERFLOW;
}

function instant(nanos: bigint, zone: number): Value {
  return timestampOf(nanos, zone) ?? TIMESTAMP_OVERFLOW;
}

/** Whether something can be added to a value. */
export function isAddable(value: Value): boolean {
  return typeof value === 'string' || value instanceof CelList || value instanceof Uint8Array || isSubtractable(value);
}

/** The sum of two values, or both in a row. */
export function add(a: Value, b: Value): Value {
  if (typeof a === 'bigint') return typeof b === 'bigint' ? int(a + b) : NO_OVERLOAD;
  if (typeof a === 'string') return typeof b === 'string' ? a + b : NO_OVERLOAD;
  if (typeof a === 'number') return typeof b === 'number' ? a + b : NO_OVERLOAD;
  if (a instanceof CelList) return b instanceof CelList ? joined(a, b) : NO_OVERLOAD;
  if (a instanceof Uint) return b instanceof Uint ? uint(a.value + b.value) : NO_OVERLOAD;
  if (a instanceof Uint8Array) return b instanceof Uint8Array ? Uint8Array.from([...a, ...b]) : NO_OVERLOAD;
  if (a instanceof Duration && b instanceof Duration) return span(a.nanos + b.nanos);
  if (a instanceof Duration && b instanceof Timestamp) return instant(a.nanos + b.nanos, b.zone);
  if (a instanceof Timestamp && b instanceof Duration) return instant(a.nanos + b.nanos, a.zone);
  return NO_OVERLOAD;
}

function joined(a: CelList, b: CelList): Value {
  if (a.with) return a.with(b);
  if (a.size === 0) return b;
  return b.size === 0 ? a : new JoinedList(a, b);
}

/** Whether something can be taken from a value. */
export function isSubtractable(value: Value): boolean {
  return isMultipliable(value) || value instanceof Timestamp || value instanceof Duration;
}

/** The difference of two values. */
export function subtract(a: Value, b: Value): Value {
  if (typeof a === 'bigint') return typeof b === 'bigint' ? int(a - b) : NO_OVERLOAD;
  if (typeof a === 'number') return typeof b === 'number' ? a - b : NO_OVERLOAD;
  if (a instanceof Uint) return b instanceof Uint ? uint(a.value - b.value) : NO_OVERLOAD;
  if (a instanceof Duration && b instanceof Duration) return span(a.nanos - b.nanos);
  if (a instanceof Timestamp && b instanceof Duration) return instant(a.nanos - b.nanos, a.zone);
  if (a instanceof Timestamp && b instanceof Timestamp) return span(a.nanos - b.nanos);
  return NO_OVERLOAD;
}

/** Whether a value is a number. */
export function isMultipliable(value: Value): boolean {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint;
}

/** The product of two numbers. */
export function multiply(a: Value, b: Value): Value {
  if (typeof a === 'bigint') return typeof b === 'bigint' ? int(a * b) : NO_OVERLOAD;
  if (typeof a === 'number') return typeof b === 'number' ? a * b : NO_OVERLOAD;
  return a instanceof Uint && b instanceof Uint ? uint(a.value * b.value) : NO_OVERLOAD;
}

/** The quotient of two numbers; of whole ones it is rounded towards zero. */
export function divide(a: Value, b: Value): Value {
  if (typeof a === 'number') return typeof b === 'number' ? a / b : NO_OVERLOAD;
  if (typeof a === 'bigint') {
    if (typeof b !== 'bigint') return NO_OVERLOAD;
    return b === 0n ? DIVIDE_BY_ZERO : int(a / b);
  }
  if (!(a instanceof Uint && b instanceof Uint)) return NO_OVERLOAD;
  return b.value === 0n ? DIVIDE_BY_ZERO : uint(a.value / b.value);
}

/** Whether a value is a whole number. */
export function isWhole(value: Value): boolean {
  return typeof value === 'bigint' || value instanceof Uint;
}

/** What is left when one whole number is divided by another. */
export function modulo(a: Value, b: Value): Value {
  if (typeof a === 'bigint') {
    if (typeof b !== 'bigint') return NO_OVERLOAD;
    if (b === 0n) return MODULUS_BY_ZERO;
    return b === -1n && a === -(2n ** 63n) ? INT_OVERFLOW : a % b;
  }
  if (!(a instanceof Uint && b instanceof Uint)) return NO_OVERLOAD;
  return b.value === 0n ? MODULUS_BY_ZERO : uint(a.value % b.value);
}

/** The number with the other sign. */
export function negate(value: Value): Value {
  if (typeof value === 'bigint') return int(-value);
  if (typeof value === 'number') return -value;
  return value instanceof Duration ? span(-value.nanos) : NO_OVERLOAD;
}
