/** Values that may be left out. */

import { declared, member, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { ArrayList, valuesOf } from '../run/collections.js';
import { BOOL, listType, optionalType, paramType } from '../types.js';
import { CelError, CelList, CelMap, Duration, Optional, Timestamp, Uint, type Value } from '../values.js';

const V = paramType('V');
const LIST = listType(V);
const OPTIONAL = optionalType(V);
const OPTIONALS = listType(OPTIONAL);
const NONE = new Optional(undefined);
/** Go's zero time, the first of January of the year 1. */
const ZERO_TIME = -62_135_596_800_000_000_000n;

/** Whether a value is its type's empty one. */
function isZero(value: Value): boolean {
  if (value === null || typeof value !== 'object') return !value;
  if (value instanceof CelList || value instanceof CelMap) return value.size === 0;
  if (value instanceof Uint8Array) return value.length === 0;
  if (value instanceof Uint) return value.value === 0n;
  if (value instanceof Duration) return value.nanos === 0n;
  if (value instanceof Timestamp) return value.nanos === ZERO_TIME;
  return value instanceof Optional && value.value === undefined;
}

function unwrap(list: CelList): Value {
  const held = valuesOf(list).flatMap((value) =>
    value instanceof Optional && value.value !== undefined ? [value.value] : [],
  );
  return new ArrayList(held);
}

/** `or` and `orValue` are carried out by the planner, as they look at their argument only where they must. */
export const OPTIONALS_LIBRARY: Library = {
  first: declared(
    member('list_first', [LIST], OPTIONAL, (list: CelList) => (list.size === 0 ? NONE : new Optional(list.at(0)))),
  ),
  hasValue: declared(member('optional_hasValue', [OPTIONAL], BOOL, ({ value }: Optional) => value !== undefined)),
  last: declared(
    member('list_last', [LIST], OPTIONAL, (list: CelList) =>
      list.size === 0 ? NONE : new Optional(list.at(list.size - 1)),
    ),
  ),
  'optional.none': declared(overload('optional_none', [], OPTIONAL, () => NONE)),
  'optional.of': declared(overload('optional_of', [V], OPTIONAL, (value: Value) => new Optional(value))),
  'optional.ofNonZeroValue': declared(
    overload('optional_ofNonZeroValue', [V], OPTIONAL, (value: Value) => (isZero(value) ? NONE : new Optional(value))),
  ),
  'optional.unwrap': declared(overload('optional_unwrap', [OPTIONALS], LIST, unwrap)),
  or: declared(member('optional_or_optional', [OPTIONAL, OPTIONAL], OPTIONAL)),
  orValue: declared(member('optional_orValue_value', [OPTIONAL, V], V)),
  unwrapOpt: declared(member('optional_unwrapOpt', [OPTIONALS], LIST, unwrap)),
  value: declared(
    member(
      'optional_value',
      [OPTIONAL],
      V,
      ({ value }: Optional) => value ?? new CelError('optional.none() dereference'),
    ),
  ),
};
