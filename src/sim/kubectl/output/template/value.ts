import { goNumber } from '../../../api/go-number.js';
import { type GoKind, goKind, goType } from '../../../api/go-type.js';
import { goPrint } from '../../../api/go-value.js';

/**
 * A value inside a template with the type Go sees. `boxed` values sit in an interface, as everything does that comes
 * out of an object; boxed null is Go's nil interface. No value at all is undefined.
 */
export interface Value {
  readonly data: unknown;
  /** Of the data, not of the box. */
  readonly type: string;
  readonly boxed: boolean;
}

export type MaybeValue = Value | undefined;

/** Something that came out of an object. */
export function boxed(data: unknown): Value {
  return { data: data ?? null, type: goType(data ?? null), boxed: true };
}

/** A result of the template's own, of the type its data shows unless `type` says otherwise. */
export function plain(data: unknown, type: string = goType(data)): Value {
  return { data, type, boxed: false };
}

/** Takes a value out of its box; an empty box holds no value. */
export function unbox(value: MaybeValue): MaybeValue {
  if (value?.boxed !== true) return value;
  return value.data === null ? undefined : { ...value, boxed: false };
}

/** The type complaints name. */
export function typeName(value: Value): string {
  return value.boxed ? 'interface {}' : value.type;
}

/** Whether a condition holds: anything but nothing, false, zero and what is empty. */
export function isTrue(value: MaybeValue): boolean {
  const data = unbox(value)?.data;
  if (data === undefined || data === null) return false;
  if (typeof data === 'object') return (Array.isArray(data) ? data : Object.keys(data)).length > 0;
  return Boolean(data);
}

/** The kind that decides what a value compares with. */
export function kindOf(value: MaybeValue): GoKind {
  if (value === undefined || value.data === null) return 'other';
  if (value.type === 'float64') return 'float';
  return goKind(value.data);
}

/** A value as `%v` and print show it. */
export function printValue(value: MaybeValue): string {
  if (value === undefined) return '<nil>';
  if (typeof value.data === 'number' && value.type !== 'float64') return goNumber(value.data);
  return goPrint(value.data);
}
