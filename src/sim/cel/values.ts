/**
 * Values at run time. Booleans, texts, null and floating point numbers are the language's own; an int is a bigint, so that
 * 64 bits are kept; everything else is an object of a class of this file or of a function library.
 */
import type { CelType } from './types.js';

/** An unsigned number of 64 bits. */
export class Uint {
  constructor(readonly value: bigint) {}
}

/** An instant, in billionths of a second since 1970; it is written in the zone it was written in, seconds from UTC. */
export class Timestamp {
  constructor(
    readonly nanos: bigint,
    readonly zone = 0,
  ) {}
}

/** A span of time in billionths of a second. */
export class Duration {
  constructor(readonly nanos: bigint) {}
}

/** A type as a value. */
export class TypeValue {
  constructor(readonly type: CelType) {}
}

/** A value that may be left out; `value` is undefined where it is. */
export class Optional {
  constructor(readonly value: Value | undefined) {}
}

/** What went wrong: a value like others, so that `&&` and `||` can look past it. */
export class CelError {
  constructor(readonly message: string) {}
}

/** Values in a row, made when they are asked for. */
export abstract class CelList {
  abstract readonly size: number;
  /** The value at a place that is inside the list. */
  abstract at(index: number): Value;
  /** Whether it equals another, where that is not asked place by place. */
  equals?(other: CelList): boolean;
  /** The list with another added, where that is not one after the other. */
  with?(added: CelList): Value;
}

/** Values by keys, made when they are asked for. */
export abstract class CelMap {
  abstract readonly size: number;
  /** The value of a key, undefined where there is none. */
  abstract find(key: Value): Value | undefined;
  /** The keys in the order they are gone through. */
  abstract keys(): readonly Value[];
  /** Whether it equals another, where that is not asked key by key. */
  equals?(other: CelMap): boolean;
}

/** An object with fields, of a type an environment knows. */
export abstract class CelObject {
  abstract readonly type: CelType;
  /** A field's value: its type's empty value where it is not set, an error where there is no such field. */
  abstract field(name: string): Value;
  /** Whether a field is set, an error where there is no such field. */
  abstract has(name: string): boolean | CelError;
  abstract equals(other: Value): boolean;
}

/** A value of a function library's type. */
export abstract class Opaque {
  abstract readonly type: CelType;
  abstract equals(other: Value): boolean;
  /** How much there is of it, where its cost goes by that. */
  get size(): number | undefined {
    return undefined;
  }

  /** How long a pattern it stands for, where its cost goes by that. */
  get patternSize(): number | undefined {
    return undefined;
  }
}

/** Any value. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint
  | Uint8Array
  | Timestamp
  | Duration
  | TypeValue
  | Optional
  | CelError
  | CelList
  | CelMap
  | CelObject
  | Opaque;
