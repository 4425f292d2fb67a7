/** Sizes, conversions and the plain functions of texts. */

import { declared, member, overload } from '../declare.js';
import type { FunctionDeclaration, Library } from '../environment.js';
import { toBool, toBytes, toDouble, toDuration, toInt, toText, toTimestamp, toUint } from '../run/conversions.js';
import { typeOf } from '../run/kinds.js';
import { NO_OVERLOAD } from '../run/mistakes.js';
import { matches } from '../run/regex.js';
import { characterCount } from '../run/sizes.js';
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  paramType,
  STRING,
  TIMESTAMP,
  typeType,
  UINT,
} from '../types.js';
import { CelList, CelMap, TypeValue, type Value } from '../values.js';

const A = paramType('A');
const LIST = listType(A);
const MAP = mapType(A, paramType('B'));

function size(value: Value): Value {
  if (typeof value === 'string') return BigInt(characterCount(value));
  if (value instanceof CelList || value instanceof CelMap) return BigInt(value.size);
  return value instanceof Uint8Array ? BigInt(value.length) : NO_OVERLOAD;
}

function isSized(value: Value): boolean {
  return (
    typeof value === 'string' || value instanceof CelList || value instanceof CelMap || value instanceof Uint8Array
  );
}

const SIZED: readonly (readonly [string, CelType])[] = [
  ['bytes', BYTES],
  ['list', LIST],
  ['map', MAP],
  ['string', STRING],
];

/** Conversions to a type; the first is of the type itself. */
function conversion(result: CelType, run: (value: Value) => Value, ...from: readonly (readonly [string, CelType])[]) {
  return declared(...from.map(([id, type]) => overload(id, [type], result, run)));
}

function ofTexts(id: string, test: (text: string, part: string) => boolean): FunctionDeclaration {
  const run = (text: Value, part: Value) =>
    typeof text === 'string' && typeof part === 'string' ? test(text, part) : NO_OVERLOAD;
  return { overloads: [member(id, [STRING, STRING], BOOL)], run };
}

/** Functions that every environment of the language has. */
export const STANDARD: Library = {
  bool: conversion(BOOL, toBool, ['bool_to_bool', BOOL], ['string_to_bool', STRING]),
  bytes: conversion(BYTES, toBytes, ['bytes_to_bytes', BYTES], ['string_to_bytes', STRING]),
  contains: ofTexts('contains_string', (text, part) => text.includes(part)),
  double: conversion(
    DOUBLE,
    toDouble,
    ['double_to_double', DOUBLE],
    ['int64_to_double', INT],
    ['string_to_double', STRING],
    ['uint64_to_double', UINT],
  ),
  duration: conversion(
    DURATION,
    toDuration,
    ['duration_to_duration', DURATION],
    ['int64_to_duration', INT],
    ['string_to_duration', STRING],
  ),
  dyn: { overloads: [overload('to_dyn', [A], DYN)], run: (value: Value) => value },
  endsWith: ofTexts('ends_with_string', (text, part) => text.endsWith(part)),
  int: conversion(
    INT,
    toInt,
    ['int64_to_int64', INT],
    ['double_to_int64', DOUBLE],
    ['duration_to_int64', DURATION],
    ['string_to_int64', STRING],
    ['timestamp_to_int64', TIMESTAMP],
    ['uint64_to_int64', UINT],
  ),
  matches: {
    overloads: [overload('matches', [STRING, STRING], BOOL), member('matches_string', [STRING, STRING], BOOL)],
    takes: (value) => typeof value === 'string',
    run: (text: string, pattern: Value) => (typeof pattern === 'string' ? matches(text, pattern) : NO_OVERLOAD),
  },
  size: {
    overloads: SIZED.flatMap(([name, type]) => [
      overload(`size_${name}`, [type], INT),
      member(`${name}_size`, [type], INT),
    ]),
    takes: isSized,
    run: size,
  },
  startsWith: ofTexts('starts_with_string', (text, part) => text.startsWith(part)),
  string: conversion(
    STRING,
    toText,
    ['string_to_string', STRING],
    ['bool_to_string', BOOL],
    ['bytes_to_string', BYTES],
    ['double_to_string', DOUBLE],
    ['duration_to_string', DURATION],
    ['int64_to_string', INT],
    ['timestamp_to_string', TIMESTAMP],
    ['uint64_to_string', UINT],
  ),
  timestamp: conversion(
    TIMESTAMP,
    toTimestamp,
    ['timestamp_to_timestamp', TIMESTAMP],
    ['int64_to_timestamp', INT],
    ['string_to_timestamp', STRING],
  ),
  type: { overloads: [overload('type', [A], typeType(A))], run: (value: Value) => new TypeValue(typeOf(value)) },
  uint: conversion(
    UINT,
    toUint,
    ['uint64_to_uint64', UINT],
    ['double_to_uint64', DOUBLE],
    ['int64_to_uint64', INT],
    ['string_to_uint64', STRING],
  ),
};
