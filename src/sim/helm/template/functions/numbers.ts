import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { printData } from '../../../api/go-template/format-value.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { GoData } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { toFloat64, toInt64 } from '../data/cast.js';
import { addDecimals, type Decimal, decimalOf, divideDecimals, floatOf, multiplyDecimals } from '../data/decimal.js';

const COUNT_MAX = 1_000_000;

const max = goFunction('(any, ...any) int64', (...data: GoData[]) =>
  data.map(toInt64).reduce((a, b) => (b > a ? b : a)),
);

/** Sprig's arithmetic: whole numbers in 64 bits, floats by way of decimals. */
export const NUMBER_FUNCTIONS: FunctionTable = {
  add: goFunction('(...any) int64', (...data: GoData[]) =>
    wrap(data.reduce<bigint>((sum, each) => sum + toInt64(each), 0n)),
  ),
  add1: goFunction('(any) int64', (data: GoData) => wrap(toInt64(data) + 1n)),
  add1f: goFunction('(any) float64', (data: GoData) => decimals([data, 1], addDecimals)),
  addf: goFunction('(...any) float64', (...data: GoData[]) => decimals([0, ...data], addDecimals)),
  atoi: goFunction('(string) int', (text: string) =>
    /^[-+]?\d+$/.test(text) ? clamped(BigInt(text.replace('+', ''))) : 0n,
  ),
  biggest: max,
  ceil: goFunction('(any) float64', (data: GoData) => Math.ceil(toFloat64(data))),
  div: goFunction('(any, any) int64', (a: GoData, b: GoData) => wrap(toInt64(a) / divisor(b))),
  divf: goFunction('(any, ...any) float64', (...data: GoData[]) => decimals(data, divideDecimals)),
  float64: goFunction('(any) float64', (data: GoData) => toFloat64(data)),
  floor: goFunction('(any) float64', (data: GoData) => Math.floor(toFloat64(data))),
  int: goFunction('(any) int', (data: GoData) => toInt64(data)),
  int64: goFunction('(any) int64', (data: GoData) => toInt64(data)),
  max,
  maxf: goFunction('(any, ...any) float64', (...data: GoData[]) => Math.max(...data.map(toFloat64))),
  min: goFunction('(any, ...any) int64', (...data: GoData[]) => data.map(toInt64).reduce((a, b) => (b < a ? b : a))),
  minf: goFunction('(any, ...any) float64', (...data: GoData[]) => Math.min(...data.map(toFloat64))),
  mod: goFunction('(any, any) int64', (a: GoData, b: GoData) => toInt64(a) % divisor(b)),
  mul: goFunction('(any, ...any) int64', (...data: GoData[]) =>
    data.map(toInt64).reduce((product, each) => wrap(product * each)),
  ),
  mulf: goFunction('(any, ...any) float64', (...data: GoData[]) => decimals(data, multiplyDecimals)),
  round: goFunction('(any, int, ...float64) float64', (data: GoData, places: number, roundOn = 0.5) =>
    round(toFloat64(data), places, roundOn),
  ),
  seq: goFunction('(...int) string', (...params: number[]) => sequence(params).join(' ')),
  sub: goFunction('(any, any) int64', (a: GoData, b: GoData) => wrap(toInt64(a) - toInt64(b))),
  subf: goFunction('(any, ...any) float64', (...data: GoData[]) =>
    decimals(data, (a, b) => addDecimals(a, { ...b, digits: -b.digits })),
  ),
  toDecimal: goFunction('(any) int64', (data: GoData) => octal(printData(data))),
  until: goFunction('(int) []int', (count: number) => untilStep(0, count, count < 0 ? -1 : 1)),
  untilStep: goFunction('(int, int, int) []int', untilStep),
};

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** What does not fit is the nearest that does. */
function clamped(value: bigint): bigint {
  const [lowest, highest] = [-(2n ** 63n), 2n ** 63n - 1n];
  return value < lowest ? lowest : value > highest ? highest : value;
}

function divisor(data: GoData): bigint {
  const value = toInt64(data);
  if (value === 0n) throw new TemplateError('runtime error: integer divide by zero');
  return value;
}

function decimals(data: readonly GoData[], operation: (a: Decimal, b: Decimal) => Decimal): number {
  return floatOf(data.map((each) => decimalOf(toFloat64(each))).reduce(operation));
}

function round(value: number, places: number, roundOn: number): number {
  const power = 10 ** places;
  const digit = power * value;
  const part = digit - Math.trunc(digit);
  return (part >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power;
}

function octal(text: string): bigint {
  if (!/^[-+]?[0-7]+$/.test(text)) return 0n;
  const size = BigInt(`0o${text.replace(/^[-+]/, '')}`);
  const value = text.startsWith('-') ? -size : size;
  return wrap(value) === value ? value : 0n;
}

function untilStep(start: number, stop: number, step: number): number[] {
  const down = stop < start;
  if (down ? step >= 0 : step <= 0) return [];
  if (Math.abs(stop - start) / Math.abs(step) > COUNT_MAX) throw new TemplateError('runtime error: out of memory');
  const numbers: number[] = [];
  for (let at = start; down ? at > stop : at < stop; at += step) numbers.push(at);
  return numbers;
}

/** As the `seq` of a shell: last; first and last; first, step and last. */
function sequence(params: readonly number[]): number[] {
  if (params.length === 0 || params.length > 3) return [];
  const end = params.at(-1) as number;
  const start = params.length === 1 ? 1 : (params[0] as number);
  const increment = end < start ? -1 : 1;
  const step = params.length === 3 ? (params[1] as number) : increment;
  if (params.length === 3 && end < start && step > 0) return [];
  return untilStep(start, end + increment, step);
}
