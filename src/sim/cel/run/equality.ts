/** When values are equal: of different types never, except numbers. */
import {
  CelList,
  CelMap,
  CelObject,
  Duration,
  Opaque,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from '../values.js';

/** Whether two values are equal. */
export function isEqual(a: Value, b: Value): boolean {
  switch (typeof a) {
    case 'string':
    case 'boolean':
      return a === b;
    case 'bigint':
    case 'number':
      return isEqualNumber(a, b);
    default:
      return a === null || b === null ? a === b : isEqualObject(a, b);
  }
}

function isEqualNumber(a: bigint | number, b: Value): boolean {
  const other = b instanceof Uint ? b.value : b;
  if (typeof other !== 'bigint' && typeof other !== 'number') return false;
  if (typeof a === typeof other) return a === other;
  return Number(a) === Number(other);
}

function isEqualObject(a: object, b: Value): boolean {
  if (a instanceof CelList) return b instanceof CelList && (a.equals?.(b) ?? isEqualList(a, b));
  if (a instanceof CelMap) return b instanceof CelMap && (a.equals?.(b) ?? isEqualMap(a, b));
  if (a instanceof Uint) return isEqualNumber(a.value, b);
  if (a instanceof Uint8Array) return b instanceof Uint8Array && isEqualBytes(a, b);
  if (a instanceof Timestamp) return b instanceof Timestamp && a.nanos === b.nanos;
  if (a instanceof Duration) return b instanceof Duration && a.nanos === b.nanos;
  if (a instanceof TypeValue) return b instanceof TypeValue && a.type.name === b.type.name;
  if (a instanceof Optional) return b instanceof Optional && isEqualOptional(a, b);
  if (a instanceof Opaque || a instanceof CelObject) return a.equals(b);
  return false;
}

function isEqualOptional(a: Optional, b: Optional): boolean {
  if (a.value === undefined || b.value === undefined) return a.value === b.value;
  return isEqual(a.value, b.value);
}

function isEqualBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Whether two lists hold the same in the same order. */
export function isEqualList(a: CelList, b: CelList): boolean {
  if (a.size !== b.size) return false;
  for (let at = 0; at < a.size; at += 1) if (!isEqual(a.at(at), b.at(at))) return false;
  return true;
}

function isEqualMap(a: CelMap, b: CelMap): boolean {
  if (a.size !== b.size) return false;
  return a.keys().every((key) => {
    const other = b.find(key);
    return other !== undefined && isEqual(a.find(key) ?? null, other);
  });
}
