/** The signs of the language as functions. */

import { overload } from '../declare.js';
import type { FunctionDeclaration, Library, Overload } from '../environment.js';
import {
  add,
  divide,
  isAddable,
  isMultipliable,
  isSubtractable,
  isWhole,
  modulo,
  multiply,
  negate,
  subtract,
} from '../run/arithmetic.js';
import { isEqual } from '../run/equality.js';
import { NO_OVERLOAD } from '../run/mistakes.js';
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
  mapType,
  optionalType,
  paramType,
  STRING,
  TIMESTAMP,
  UINT,
} from '../types.js';
import { CelError, CelList, CelMap, type Value } from '../values.js';

const A = paramType('A');
const B = paramType('B');
const LIST = listType(A);
const MAP = mapType(A, B);
const OPTIONAL_A = optionalType(A);
const OPTIONAL_B = optionalType(B);

type Row = readonly [id: string, left: CelType, right: CelType, result: CelType];

function rows(...table: Row[]): Overload[] {
  return table.map(([id, left, right, result]) => overload(id, [left, right], result));
}

/** Every pair of types that have an order, numbers across types among them. */
function relation(name: string, holds: (order: number) => boolean): FunctionDeclaration {
  const pairs: readonly (readonly [string, CelType, CelType])[] = [
    ['bool', BOOL, BOOL],
    ['int64', INT, INT],
    ['int64_double', INT, DOUBLE],
    ['int64_uint64', INT, UINT],
    ['uint64', UINT, UINT],
    ['uint64_double', UINT, DOUBLE],
    ['uint64_int64', UINT, INT],
    ['double', DOUBLE, DOUBLE],
    ['double_int64', DOUBLE, INT],
    ['double_uint64', DOUBLE, UINT],
    ['string', STRING, STRING],
    ['bytes', BYTES, BYTES],
    ['timestamp', TIMESTAMP, TIMESTAMP],
    ['duration', DURATION, DURATION],
  ];
  return {
    overloads: pairs.map(([types, left, right]) => overload(`${name}_${types}`, [left, right], BOOL)),
    takes: isOrdered,
    run: (a: Value, b: Value) => {
      const order = compare(a, b);
      return order instanceof CelError ? order : holds(order);
    },
  };
}

/** Whether a list holds a value, or a map a key. */
function isIn(value: Value, container: Value): Value {
  if (container instanceof CelMap) {
    const found = container.find(value);
    return found instanceof CelError ? found : found !== undefined;
  }
  if (!(container instanceof CelList)) return NO_OVERLOAD;
  for (let at = 0; at < container.size; at += 1) {
    const element = container.at(at);
    if (!(element instanceof CelError) && isEqual(value, element)) return true;
  }
  return false;
}

const SUMS: readonly Row[] = [
  ['add_bytes', BYTES, BYTES, BYTES],
  ['add_double', DOUBLE, DOUBLE, DOUBLE],
  ['add_duration_duration', DURATION, DURATION, DURATION],
  ['add_duration_timestamp', DURATION, TIMESTAMP, TIMESTAMP],
  ['add_timestamp_duration', TIMESTAMP, DURATION, TIMESTAMP],
  ['add_int64', INT, INT, INT],
  ['add_list', LIST, LIST, LIST],
  ['add_string', STRING, STRING, STRING],
  ['add_uint64', UINT, UINT, UINT],
];

const DIFFERENCES: readonly Row[] = [
  ['subtract_double', DOUBLE, DOUBLE, DOUBLE],
  ['subtract_duration_duration', DURATION, DURATION, DURATION],
  ['subtract_int64', INT, INT, INT],
  ['subtract_timestamp_duration', TIMESTAMP, DURATION, TIMESTAMP],
  ['subtract_timestamp_timestamp', TIMESTAMP, TIMESTAMP, DURATION],
  ['subtract_uint64', UINT, UINT, UINT],
];

/** Operators. The planner carries out `&&`, `||`, `?:`, `==`, `!=`, `[]` and optional selection by itself. */
export const OPERATORS: Library = {
  '!_': {
    overloads: [overload('logical_not', [BOOL], BOOL)],
    run: (value: Value) => (typeof value === 'boolean' ? !value : NO_OVERLOAD),
  },
  '-_': {
    overloads: [overload('negate_double', [DOUBLE], DOUBLE), overload('negate_int64', [INT], INT)],
    takes: (value) => isSubtractable(value) || typeof value === 'boolean',
    run: negate,
  },
  '@in': { overloads: [overload('in_list', [A, LIST], BOOL), overload('in_map', [A, MAP], BOOL)], run: isIn },
  '@not_strictly_false': {
    overloads: [overload('not_strictly_false', [BOOL], BOOL)],
    run: (value: Value) => (typeof value === 'boolean' ? value : true),
  },
  '_!=_': { overloads: [overload('not_equals', [A, A], BOOL)] },
  '_%_': {
    overloads: rows(['modulo_int64', INT, INT, INT], ['modulo_uint64', UINT, UINT, UINT]),
    takes: isWhole,
    run: modulo,
  },
  '_&&_': { overloads: [overload('logical_and', [BOOL, BOOL], BOOL)] },
  '_*_': {
    overloads: rows(
      ['multiply_double', DOUBLE, DOUBLE, DOUBLE],
      ['multiply_int64', INT, INT, INT],
      ['multiply_uint64', UINT, UINT, UINT],
    ),
    takes: isMultipliable,
    run: multiply,
  },
  '_+_': { overloads: rows(...SUMS), takes: isAddable, run: add },
  '_-_': { overloads: rows(...DIFFERENCES), takes: isSubtractable, run: subtract },
  '_/_': {
    overloads: rows(
      ['divide_double', DOUBLE, DOUBLE, DOUBLE],
      ['divide_int64', INT, INT, INT],
      ['divide_uint64', UINT, UINT, UINT],
    ),
    takes: isMultipliable,
    run: divide,
  },
  '_<=_': relation('less_equals', (order) => order <= 0),
  '_<_': relation('less', (order) => order < 0),
  '_==_': { overloads: [overload('equals', [A, A], BOOL)] },
  '_>=_': relation('greater_equals', (order) => order >= 0),
  '_>_': relation('greater', (order) => order > 0),
  '_?._': { overloads: [overload('select_optional_field', [DYN, STRING], OPTIONAL_B)] },
  '_?_:_': { overloads: [overload('conditional', [BOOL, A, A], A)] },
  '_[?_]': {
    overloads: [
      overload('list_optindex_optional_int', [listType(B), INT], OPTIONAL_B),
      overload('optional_list_optindex_optional_int', [optionalType(listType(B)), INT], OPTIONAL_B),
      overload('map_optindex_optional_value', [MAP, A], OPTIONAL_B),
      overload('optional_map_optindex_optional_value', [optionalType(MAP), A], OPTIONAL_B),
    ],
  },
  '_[_]': {
    overloads: [
      overload('index_list', [LIST, INT], A),
      overload('index_map', [MAP, A], B),
      overload('optional_list_index_int', [optionalType(LIST), INT], OPTIONAL_A),
      overload('optional_map_index_value', [optionalType(MAP), A], OPTIONAL_B),
    ],
  },
  '_||_': { overloads: [overload('logical_or', [BOOL, BOOL], BOOL)] },
};
