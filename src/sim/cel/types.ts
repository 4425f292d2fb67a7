/** Types of the expression language: what variables are declared with, and what a program's result is of. */

/** What family a type belongs to. `param` stands in signatures and in empty literals until it is bound. */
export type TypeKind =
  | 'any'
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'error'
  | 'int'
  | 'list'
  | 'map'
  | 'null'
  | 'opaque'
  | 'param'
  | 'string'
  | 'struct'
  | 'timestamp'
  | 'type'
  | 'uint';

/** A type: `name` is what the type is called at run time, `params` the types a list, map or the like is made of. */
export interface CelType {
  readonly kind: TypeKind;
  readonly name: string;
  readonly params: readonly CelType[];
}

function simple(kind: TypeKind, name: string = kind): CelType {
  return { kind, name, params: [] };
}

/** Anything: checked when it runs. */
export const DYN = simple('dyn');
/** What a part with a mistake is of, so that it is told once. */
export const ERROR = simple('error', '*error*');
/** Only null. */
export const NULL = simple('null', 'null_type');
/** True or false. */
export const BOOL = simple('bool');
/** Whole numbers of 64 bits. */
export const INT = simple('int');
/** Whole numbers of 64 bits without a sign. */
export const UINT = simple('uint');
/** Floating point numbers of 64 bits. */
export const DOUBLE = simple('double');
/** Texts. */
export const STRING = simple('string');
/** Bytes. */
export const BYTES = simple('bytes');
/** Instants. */
export const TIMESTAMP = simple('timestamp', 'google.protobuf.Timestamp');
/** Spans of time. */
export const DURATION = simple('duration', 'google.protobuf.Duration');

/** Lists of one type. */
export function listType(element: CelType): CelType {
  return { kind: 'list', name: 'list', params: [element] };
}

/** Maps from one type to another. */
export function mapType(key: CelType, value: CelType): CelType {
  return { kind: 'map', name: 'map', params: [key, value] };
}

/** The type whose values are types. */
export function typeType(of?: CelType): CelType {
  return { kind: 'type', name: 'type', params: of ? [of] : [] };
}

/** Objects with fields, which an environment knows by the type's name. */
export function structType(name: string): CelType {
  return { kind: 'struct', name, params: [] };
}

/** A type of a function library, with the types it is made of. */
export function opaqueType(name: string, ...params: CelType[]): CelType {
  return { kind: 'opaque', name, params };
}

/** A value that may be left out. */
export function optionalType(of: CelType): CelType {
  return opaqueType('optional_type', of);
}

/** A type that a signature leaves open. */
export function paramType(name: string): CelType {
  return { kind: 'param', name, params: [] };
}

/** Whether a type is an optional one. */
export function isOptional(type: CelType): boolean {
  return type.kind === 'opaque' && type.name === 'optional_type';
}

/** Whether two types are the same. */
export function sameType(a: CelType, b: CelType): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || a.name !== b.name || a.params.length !== b.params.length) return false;
  return a.params.every((param, at) => sameType(param, b.params[at] ?? DYN));
}
