/** Fields, keys and places: what a value has behind a dot or in brackets. */

import { CelError, CelList, CelMap, CelObject, Optional, Uint, type Value } from '../values.js';
import { charge, type Frame, type Step } from './frame.js';
import { typeOf } from './kinds.js';
import { valueText } from './text.js';

/** One step from a value to a part of it. */
export interface Qualifier {
  readonly key: Step;
  readonly optional: boolean;
  /** Only asks whether the part is there. */
  readonly test: boolean;
}

const NONE = new Optional(undefined);

function missingKey(key: Value): CelError {
  return new CelError(`no such key: ${valueText(key)}`);
}

/** The part of a value; undefined where there is none and that is what is asked for. */
function part(value: Value, key: Value, presence: boolean): Value | undefined {
  if (value instanceof CelMap) {
    const found = value.find(key);
    return found === undefined && !presence ? missingKey(key) : found;
  }
  if (value instanceof CelList) return element(value, key, presence);
  if (value instanceof CelError) return value;
  if (value instanceof CelObject && typeof key === 'string') {
    if (!presence) return value.field(key);
    const has = value.has(key);
    return has instanceof CelError ? has : has ? value.field(key) : undefined;
  }
  return presence ? undefined : missingKey(key);
}

function element(list: CelList, key: Value, presence: boolean): Value | undefined {
  const index = placeOf(key);
  if (index instanceof CelError) return index;
  if (index >= 0 && index < list.size) return list.at(index);
  return presence ? undefined : new CelError(`index out of bounds: ${valueText(key)}`);
}

function placeOf(key: Value): number | CelError {
  const place = key instanceof Uint ? key.value : key;
  if (typeof place === 'bigint') return Number(place);
  if (typeof place !== 'number') return new CelError(`unsupported index type '${typeOf(key).name}' in list`);
  return Number.isInteger(place) ? place : new CelError(`unsupported index value ${valueText(key)} in list`);
}

/** Goes from a value through its parts; once something is optional, so is all that follows. */
export function follow(frame: Frame, base: Value, qualifiers: readonly Qualifier[]): Value {
  if (base instanceof CelError) return base;
  let value: Value = base;
  let optional = false;
  if (base instanceof Optional) {
    if (base.value === undefined) return base;
    value = base.value;
    optional = true;
  }
  for (const qualifier of qualifiers) {
    optional ||= qualifier.optional;
    const key = qualifier.key(frame);
    if (optional) {
      const found = key instanceof CelError ? key : part(value, key, true);
      if (found === undefined) return NONE;
      if (found instanceof CelError) return found;
      charge(frame, 1);
      value = found;
    } else {
      value = required(value, key, qualifier.test);
      charge(frame, 1);
      if (value instanceof CelError) return value;
    }
  }
  return optional ? new Optional(value) : value;
}

function required(value: Value, key: Value, test: boolean): Value {
  if (key instanceof CelError) return key;
  if (!test) return part(value, key, false) as Value;
  const found = part(value, key, true);
  return found instanceof CelError ? found : found !== undefined;
}
