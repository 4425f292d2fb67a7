/** Kubernetes' functions of lists. */

import { declared, member } from '../declare.js';
import type { Library, Overload } from '../environment.js';
import { add } from '../run/arithmetic.js';
import { isEqual } from '../run/equality.js';
import { NO_OVERLOAD } from '../run/mistakes.js';
import { compare, isOrdered } from '../run/ordering.js';
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  INT,
  listType,
  paramType,
  STRING,
  TIMESTAMP,
  UINT,
} from '../types.js';
import { CelError, type CelList, Duration, Uint, type Value } from '../values.js';

const A = paramType('A');

/** Types that have an order, in the order they are declared. */
const COMPARABLE: readonly (readonly [string, CelType])[] = [
  ['int', INT],
  ['uint', UINT],
  ['double', DOUBLE],
  ['bool', BOOL],
  ['duration', DURATION],
  ['timestamp', TIMESTAMP],
  ['string', STRING],
  ['bytes', BYTES],
];

const ZEROS: readonly (readonly [string, CelType, Value])[] = [
  ['int', INT, 0n],
  ['uint', UINT, new Uint(0n)],
  ['double', DOUBLE, 0],
  ['duration', DURATION, new Duration(0n)],
];

function isSorted(list: CelList): Value {
  for (let at = 0; at < list.size; at += 1) {
    const value = list.at(at);
    if (!isOrdered(value)) return NO_OVERLOAD;
    if (at === 0) continue;
    const order = compare(list.at(at - 1), value);
    if (!(order instanceof CelError) && order > 0) return false;
  }
  return true;
}

function sumFrom(zero: Value): (list: CelList) => Value {
  return (list) => {
    let sum = zero;
    for (let at = 0; at < list.size; at += 1) {
      sum = add(sum, list.at(at));
      if (sum instanceof CelError) return sum;
    }
    return sum;
  };
}

function extreme(name: string, sign: 1 | -1): (list: CelList) => Value {
  return (list) => {
    if (list.size === 0) return new CelError(`${name} called on empty list`);
    let best = list.at(0);
    for (let at = 0; at < list.size; at += 1) {
      const value = list.at(at);
      if (!isOrdered(value)) return NO_OVERLOAD;
      const order = compare(value, best);
      if (!(order instanceof CelError) && order * sign > 0) best = value;
    }
    return best;
  };
}

function indexOf(list: CelList, wanted: Value): Value {
  for (let at = 0; at < list.size; at += 1) if (isEqual(list.at(at), wanted)) return BigInt(at);
  return -1n;
}

function lastIndexOf(list: CelList, wanted: Value): Value {
  for (let at = list.size - 1; at >= 0; at -= 1) if (isEqual(list.at(at), wanted)) return BigInt(at);
  return -1n;
}

function ofEach(make: (name: string, type: CelType) => Overload): Overload[] {
  return COMPARABLE.map(([name, type]) => make(name, type));
}

/** Order, sums and places. */
export const LISTS: Library = {
  indexOf: declared(member('list_a_index_of_int', [listType(A), A], INT, indexOf)),
  isSorted: declared(
    ...ofEach((name, type) => member(`list_${name}_is_sorted_bool`, [listType(type)], BOOL, isSorted)),
  ),
  lastIndexOf: declared(member('list_a_last_index_of_int', [listType(A), A], INT, lastIndexOf)),
  max: declared(
    ...ofEach((name, type) => member(`list_${name}_max_${name}`, [listType(type)], type, extreme('max', 1))),
  ),
  min: declared(
    ...ofEach((name, type) => member(`list_${name}_min_${name}`, [listType(type)], type, extreme('min', -1))),
  ),
  sum: declared(
    ...ZEROS.map(([name, type, zero]) => member(`list_${name}_sum_${name}`, [listType(type)], type, sumFrom(zero))),
  ),
};
