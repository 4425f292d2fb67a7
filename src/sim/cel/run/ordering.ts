/** Which of two values comes first. */
import { CelError, Duration, Timestamp, Uint, type Value } from '../values.js';
import { NO_OVERLOAD } from './mistakes.js';

/** Whether a value has an order with others of its type. */
export function isOrdered(value: Value): boolean {
  if (value === null) return false;
  if (typeof value !== 'object') return true;
  return (
    value instanceof Uint || value instanceof Timestamp || value instanceof Duration || value instanceof Uint8Array
  );
}

function order<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Less than, equal to or greater than zero, or an error where the two have no order. */
export function compare(a: Value, b: Value): number | CelError {
  const left = a instanceof Uint ? a.value : a;
  const right = b instanceof Uint ? b.value : b;
  if (isNumber(left)) return isNumber(right) ? compareNumbers(left, right) : NO_OVERLOAD;
  if (typeof left === 'string') return typeof right === 'string' ? compareTexts(left, right) : NO_OVERLOAD;
  if (typeof left === 'boolean') return typeof right === 'boolean' ? order(left, right) : NO_OVERLOAD;
  if (left instanceof Timestamp) return right instanceof Timestamp ? order(left.nanos, right.nanos) : NO_OVERLOAD;
  if (left instanceof Duration) return right instanceof Duration ? order(left.nanos, right.nanos) : NO_OVERLOAD;
  if (!(left instanceof Uint8Array && right instanceof Uint8Array)) return NO_OVERLOAD;
  return Buffer.compare(left, right);
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

function compareNumbers(a: bigint | number, b: bigint | number): number | CelError {
  if (Number.isNaN(a) || Number.isNaN(b)) return new CelError('NaN values cannot be ordered');
  return order(a, b);
}

/** Go compares bytes, which differs from code units only where surrogates stand. */
function compareTexts(a: string, b: string): number {
  if (!/[\ud800-\udfff]/.test(a) && !/[\ud800-\udfff]/.test(b)) return order(a, b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
