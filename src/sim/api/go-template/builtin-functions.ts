import { equalsAny, isLess } from './compare.js';
import { htmlEscape, jsEscape, queryEscape } from './escapers.js';
import { type GoFunction, goFunction } from './go-types.js';
import type { GoData, MaybeValue } from './go-values.js';
import { indexValue, lengthOf, sliceValue } from './index-value.js';
import { goSprint, goSprintf, goSprintln } from './printf.js';
import { isTrue } from './truth.js';

export type FunctionTable = Readonly<Record<string, GoFunction>>;

const COMPARISON = '(reflect.Value, reflect.Value) bool';

/**
 * The functions every Go template has. `and`, `or` and `call` are here for their names and counts; they are run where
 * their arguments are: the first two skip some, and the last one names its first.
 */
export const BUILTIN_FUNCTIONS: FunctionTable = {
  and: goFunction('(reflect.Value, ...reflect.Value) reflect.Value', () => undefined),
  call: goFunction('(reflect.Value, ...reflect.Value) reflect.Value', () => undefined),
  eq: goFunction('(reflect.Value, ...reflect.Value) bool', (first: MaybeValue, ...others: MaybeValue[]) =>
    equalsAny(first, others),
  ),
  ge: goFunction(COMPARISON, (a: MaybeValue, b: MaybeValue) => !isLess(a, b)),
  gt: goFunction(COMPARISON, (a: MaybeValue, b: MaybeValue) => !isLess(a, b) && !equalsAny(a, [b])),
  html: goFunction('(...any) string', (...args: GoData[]) => htmlEscape(args)),
  index: goFunction('(reflect.Value, ...reflect.Value) reflect.Value', (item: MaybeValue, ...indexes: MaybeValue[]) =>
    indexValue(item, indexes),
  ),
  js: goFunction('(...any) string', (...args: GoData[]) => jsEscape(args)),
  le: goFunction(COMPARISON, (a: MaybeValue, b: MaybeValue) => isLess(a, b) || equalsAny(a, [b])),
  len: goFunction('(reflect.Value) int', (item: MaybeValue) => lengthOf(item)),
  lt: goFunction(COMPARISON, (a: MaybeValue, b: MaybeValue) => isLess(a, b)),
  ne: goFunction(COMPARISON, (a: MaybeValue, b: MaybeValue) => !equalsAny(a, [b])),
  not: goFunction('(reflect.Value) bool', (value: MaybeValue) => !isTrue(value)),
  or: goFunction('(reflect.Value, ...reflect.Value) reflect.Value', () => undefined),
  print: goFunction('(...any) string', (...args: GoData[]) => goSprint(args)),
  printf: goFunction('(string, ...any) string', (format: string, ...args: GoData[]) => goSprintf(format, args)),
  println: goFunction('(...any) string', (...args: GoData[]) => goSprintln(args)),
  slice: goFunction('(reflect.Value, ...reflect.Value) reflect.Value', (item: MaybeValue, ...indexes: MaybeValue[]) =>
    sliceValue(item, indexes),
  ),
  urlquery: goFunction('(...any) string', (...args: GoData[]) => queryEscape(args)),
};
