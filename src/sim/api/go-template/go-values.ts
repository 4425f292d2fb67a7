import { ANY, BOOL, BYTES, FLOAT64, type GoType, INT, INT64, LIST, MAP, STRING, STRINGS } from './go-types.js';

/**
 * Values of Go as templates meet them. Most are plain JavaScript: null is nil, booleans, strings, numbers for
 * float64, lists for []interface {}, objects for map[string]interface {}, Uint8Array for []uint8. Lists and objects
 * of other types have their type noted (`typed`). Texts are Go's bytes read as UTF-8; a byte that is no UTF-8 is a
 * lone surrogate, U+DC80 to U+DCFF. The rest are the classes here.
 */
export type GoData = unknown;

/** A whole number of one of Go's integer types, or of a named type made of one. */
export class GoInteger {
  constructor(
    readonly type: GoType,
    readonly value: bigint,
  ) {}
}

/** A struct, or a pointer to one: what it holds is seen by the names of its fields, in their order. */
export class GoStruct {
  constructor(
    readonly type: GoType,
    readonly fields: { readonly [name: string]: GoData },
    /** Fields whose type is an interface. */
    readonly boxedFields: readonly string[] = [],
    /** What its methods know and no template sees. */
    readonly hidden?: unknown,
  ) {}
}

/** Nil of a type that is no interface. */
export class GoNil {
  constructor(readonly type: GoType) {}
}

/** A text of a type that is not `string` itself. */
export class GoNamedText {
  constructor(
    readonly type: GoType,
    readonly value: string,
  ) {}
}

/** An `int`. */
export function goInt(value: number | bigint): GoInteger {
  return new GoInteger(INT, BigInt(value));
}

/** An `int64`, as `--set` makes them of whole numbers. */
export function goInt64(value: number | bigint): GoInteger {
  return new GoInteger(INT64, BigInt(value));
}

const types = new WeakMap<object, GoType>();

/** Notes that a list or object is of another type than []interface {} or map[string]interface {}. */
export function typed<T extends object>(data: T, type: GoType): T {
  types.set(data, type);
  return data;
}

/** The type of what is in an interface; undefined for nil. */
export function typeOfData(data: GoData): GoType | undefined {
  switch (typeof data) {
    case 'string':
      return STRING;
    case 'number':
      return FLOAT64;
    case 'boolean':
      return BOOL;
    case 'bigint':
      return INT64;
    case 'object':
      return data === null ? undefined : typeOfObject(data);
    default:
      return undefined;
  }
}

function typeOfObject(data: object): GoType {
  if (data instanceof GoInteger || data instanceof GoStruct || data instanceof GoNil || data instanceof GoNamedText) {
    return data.type;
  }
  const noted = types.get(data);
  if (noted !== undefined) return noted;
  if (Array.isArray(data)) return LIST;
  return data instanceof Uint8Array ? BYTES : MAP;
}

/** A value as an evaluation passes it on: boxed when it is seen through an interface. No value at all is undefined. */
export interface Value {
  readonly data: GoData;
  readonly boxed: boolean;
}

export type MaybeValue = Value | undefined;

/** Something that is seen through an interface; null is its nil. */
export function boxed(data: GoData): Value {
  return { data: data ?? null, boxed: true };
}

/** A value with its own type; null is no value. */
export function plain(data: GoData): MaybeValue {
  return data === null || data === undefined ? undefined : { data, boxed: false };
}

/** Takes a value out of its interface; in an empty one there is none. */
export function unbox(value: MaybeValue): MaybeValue {
  return value?.boxed === true ? plain(value.data) : value;
}

/** A value's type as it is seen. */
export function typeOfValue(value: Value): GoType {
  return value.boxed ? ANY : (typeOfData(value.data) ?? ANY);
}

/** What is seen of an element of a list or map. */
export function element(data: GoData, elem: GoType): MaybeValue {
  return elem === ANY ? boxed(data) : plain(data ?? zero(elem));
}

/** The value a variable of a type has before anything is put into it. */
export function zero(type: GoType): GoData {
  switch (type.kind) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'float64':
      return 0;
    case 'interface':
    case 'reflect':
      return null;
    case 'map':
    case 'ptr':
    case 'slice':
      return new GoNil(type);
    default:
      return new GoInteger(type, 0n);
  }
}

/** Whether data is an object that stands for a map. */
export function isGoMap(data: GoData): data is { [key: string]: GoData } {
  return typeOfData(data)?.kind === 'map' && !(data instanceof GoNil);
}

/** Whether data is a list or bytes. */
export function isGoList(data: GoData): data is GoData[] | Uint8Array {
  return Array.isArray(data) || data instanceof Uint8Array;
}

/** A list's items as what stands in an interface each: bytes become whole numbers. Nil is an empty list. */
export function itemsOf(data: GoData): readonly GoData[] {
  if (Array.isArray(data)) return data;
  if (data instanceof Uint8Array) return [...data].map((byte) => new GoInteger(BYTES.elem as GoType, BigInt(byte)));
  return [];
}

/** What a function answered, made into data of its result's type. */
export function toResult(result: unknown, type: GoType): Value | undefined {
  if (type === ANY) return boxed(result);
  if (result === null || result === undefined) return plain(zero(type));
  if (typeof result === 'object') {
    if (Array.isArray(result) && type === STRINGS) return { data: typed(result, type), boxed: false };
    if (type.kind === 'map' || type.kind === 'slice') return { data: noted(result, type), boxed: false };
    return { data: result, boxed: false };
  }
  if (typeof result === 'bigint' || (typeof result === 'number' && type.kind !== 'float64')) {
    return { data: new GoInteger(type, BigInt(result)), boxed: false };
  }
  return { data: result, boxed: false };
}

/** A result that is already known to be of a named type keeps it. */
function noted(result: object, type: GoType): object {
  if (result instanceof GoNil || result instanceof Uint8Array || types.has(result)) return result;
  if (type === LIST || type === MAP) return result;
  if (Array.isArray(result) && type.elem !== undefined) {
    const elem = type.elem;
    return typed(
      result.map((item) =>
        typeof item === 'number' && elem.kind !== 'float64' ? new GoInteger(elem, BigInt(item)) : item,
      ),
      type,
    );
  }
  return typed(result, type);
}
