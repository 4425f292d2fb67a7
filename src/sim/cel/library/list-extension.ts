/** Functions of lists: cel-go's lists extension, version 3. */

import { declared, member, overload } from '../declare.js';
import type { Library, Overload } from '../environment.js';
import { ArrayList, valuesOf } from '../run/collections.js';
import { isEqual } from '../run/equality.js';
import { typeOf } from '../run/kinds.js';
import { compare, isOrdered } from '../run/ordering.js';
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  paramType,
  STRING,
  TIMESTAMP,
  UINT,
} from '../types.js';
import { CelError, CelList, type Value } from '../values.js';

const LIST = listType(paramType('T'));
const ORDERED: readonly CelType[] = [INT, UINT, DOUBLE, BOOL, DURATION, TIMESTAMP, STRING, BYTES];

function slice(list: CelList, start: bigint, end: bigint): Value {
  const wrong = (why: string) => new CelError(`cannot slice(${start}, ${end}), ${why}`);
  if (start < 0n || end < 0n) return wrong('negative indexes not supported');
  if (start > end) return wrong('start index must be less than or equal to end index');
  if (list.size < end) return wrong(`list is length ${list.size}`);
  return new ArrayList(valuesOf(list).slice(Number(start), Number(end)));
}

function flattened(list: CelList, depth: bigint): Value[] {
  return valuesOf(list).flatMap((value) =>
    value instanceof CelList && depth > 0n ? flattened(value, depth - 1n) : [value],
  );
}

function flatten(list: Value, depth: Value = 1n): Value {
  if (!(list instanceof CelList) || typeof depth !== 'bigint') {
    return new CelError(`no such overload: ${typeOf(list).name}.flatten()`);
  }
  if (depth < 0n) return new CelError('level must be non-negative');
  return new ArrayList(flattened(list, depth));
}

function sortBy(list: CelList, keys: CelList): Value {
  if (list.size !== keys.size) {
    const sizes = `${list.size} and ${keys.size} elements respectively`;
    const rule = '@sortByAssociatedKeys() expected a list of the same size as the associated keys list';
    return new CelError(`${rule}, but got ${sizes}`);
  }
  if (list.size === 0) return list;
  const known = valuesOf(keys);
  const first = known[0] ?? null;
  if (!isOrdered(first)) return new CelError('list elements must be comparable');
  const type = typeOf(first);
  if (known.some((key) => typeOf(key) !== type)) return new CelError('list elements must have the same type');
  const order = known
    .map((_, at) => at)
    .sort((a, b) => {
      const found = compare(known[a] ?? null, known[b] ?? null);
      return found instanceof CelError ? 0 : found;
    });
  return new ArrayList(order.map((at) => list.at(at)));
}

function distinct(list: CelList): Value {
  const kept: Value[] = [];
  for (const value of valuesOf(list)) if (!kept.some((other) => isEqual(value, other))) kept.push(value);
  return new ArrayList(kept);
}

/** Whole numbers from nought on. None is made before it is asked for: a range may be longer than memory has room for. */
class Range extends CelList {
  constructor(readonly size: number) {
    super();
  }

  at(index: number): Value {
    return BigInt(index);
  }
}

function range(count: bigint): Value {
  return new Range(Math.max(0, Number(count)));
}

function ofEach(make: (type: CelType) => Overload): Overload[] {
  return ORDERED.map(make);
}

const isList = (value: Value) => value instanceof CelList;

/** Lists in part, in order, and without levels. */
export const LIST_EXTENSION: Library = {
  '@sortByAssociatedKeys': {
    overloads: ofEach((type) => member(`list_${type.name}_sortByAssociatedKeys`, [LIST, listType(type)], LIST)),
    takes: isList,
    run: sortBy,
  },
  distinct: declared(member('list_distinct', [LIST], LIST, distinct)),
  flatten: {
    overloads: [
      member('list_flatten', [listType(LIST)], LIST),
      member('list_flatten_int', [listType(DYN), INT], listType(DYN)),
    ],
    run: flatten,
  },
  'lists.range': declared(overload('lists_range', [INT], listType(INT), range)),
  reverse: declared(member('list_reverse', [LIST], LIST, (list: CelList) => new ArrayList(valuesOf(list).reverse()))),
  slice: declared(member('list_slice', [LIST, INT, INT], LIST, slice)),
  sort: {
    overloads: ofEach((type) => member(`list_${type.name}_sort`, [listType(type)], listType(type))),
    takes: isList,
    run: (list: CelList) => sortBy(list, list),
  },
};
