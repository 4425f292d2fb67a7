import { describe, expect, test } from 'vitest';
import {
  addQuantity,
  canonicalQuantity,
  compareQuantity,
  formatQuantity,
  milliQuantityOf,
  parseQuantity,
  QuantityError,
  quantityFloat,
  quantityMilliValue,
  quantityOf,
  quantityValue,
  roundUpQuantity,
  subQuantity,
} from '../../../src/sim/api/quantity.js';
import { hasVectors, readVectors } from './vectors.js';

describe('quantities', () => {
  // Written from apimachinery pkg/api/resource v0.36.0.
  test.each([
    ['0', '0'],
    ['0.5', '500m'],
    ['100m', '100m'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['1536Mi', '1536Mi'],
    ['1.5Gi', '1536Mi'],
    ['128974848', '128974848'],
    ['129e6', '129e6'],
    ['129M', '129M'],
    ['1000000', '1M'],
    ['0.1m', '100u'],
    ['1e3', '1e3'],
    ['10e2', '1e3'],
    ['1Ki', '1Ki'],
    ['512', '512'],
    ['-5', '-5'],
    ['+5', '+5'],
    ['1.', '1.'],
    ['.5', '500m'],
    ['0.1n', '1n'],
    ['.', '0'],
    ['Ki', '0'],
  ])('%s is written %s', (text, expected) => {
    expect(canonicalQuantity(text)).toBe(expected);
  });

  const format = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  test.each([
    ['', format],
    ['abc', format],
    ['1 Gi', format],
    ['1GiB', format],
    ['1Gb', format],
    ['1Q', format],
    ['1.1.1', format],
    ['1iK', "unable to parse quantity's suffix"],
    ['1KM', "unable to parse quantity's suffix"],
    ['1e999999999', "unable to parse quantity's suffix"],
    ['--1', "unable to parse quantity's suffix"],
  ])('%j is refused: %s', (text, words) => {
    expect(() => parseQuantity(text)).toThrow(new QuantityError(words));
  });

  test('count in whole units and thousandths, rounded up', () => {
    expect([quantityValue(parseQuantity('1.1')), quantityMilliValue(parseQuantity('0.0001'))]).toEqual([2, 1]);
    expect([quantityValue(parseQuantity('-1.1')), quantityFloat(parseQuantity('250m'))]).toEqual([-2, 0.25]);
  });

  test('are added, subtracted and compared; the first one says how the result is written', () => {
    const [gibi, mega] = [parseQuantity('1Gi'), parseQuantity('1M')];
    expect(formatQuantity(addQuantity(parseQuantity('0'), gibi))).toBe('1Gi');
    expect(formatQuantity(addQuantity(gibi, gibi))).toBe('2Gi');
    expect(formatQuantity(subQuantity(mega, milliQuantityOf(500)))).toBe('999999500m');
    expect(compareQuantity(quantityOf(1), milliQuantityOf(1000))).toBe(0);
    expect(compareQuantity(mega, gibi)).toBe(-1);
  });
});

interface Vectors {
  readonly cases: {
    readonly parse: { input: string; decimal: string; format: string }[];
    readonly invalid: unknown[];
    readonly canonical: { decimal: string; format: string; expect: string; alternate?: string }[];
    readonly parseEmit: { input: string; expect: string }[];
    readonly cmp: { x: string; y: string; expect: number }[];
    readonly roundUp: { input: string; scale: number; expect: string; exact: boolean }[];
    readonly asFloat: { input: string; expect: number }[];
  };
}

/** Billionths of a decimal text. */
function nanos(decimal: string): bigint {
  const sign = decimal.startsWith('-') ? -1n : 1n;
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  return sign * BigInt(whole + fraction.padEnd(9, '0'));
}

describe.skipIf(!hasVectors('quantity.json'))('quantities recorded from apimachinery 0.32.4', () => {
  const { cases } = hasVectors('quantity.json')
    ? readVectors<Vectors>('quantity.json')
    : { cases: {} as Vectors['cases'] };

  test.each((cases.parse ?? []).map((item) => [item.input, item] as const))('%s', (input, { decimal, format }) => {
    expect(parseQuantity(input)).toMatchObject({ nanos: nanos(decimal), format });
    expect(parseQuantity(`-${input}`).nanos).toBe(-nanos(decimal));
    expect(parseQuantity(`+${input}`).nanos).toBe(nanos(decimal));
  });

  test.each((cases.invalid ?? []).map((item) => [typeof item === 'string' ? item : (item as { input: string }).input]))(
    '%j is refused',
    (input) => {
      expect(() => parseQuantity(input)).toThrow(QuantityError);
    },
  );

  test.each((cases.canonical ?? []).map((item) => [item.expect, item] as const))(
    '%s is canonical',
    (expected, item) => {
      const quantity = { nanos: nanos(item.decimal), format: item.format as 'DecimalSI' };
      expect(formatQuantity(quantity)).toBe(expected);
      if (item.alternate) expect(canonicalQuantity(item.alternate)).toBe(expected);
    },
  );

  test.each((cases.parseEmit ?? []).map(({ input, expect: wanted }) => [input, wanted]))(
    '%s is emitted as %s',
    (input, wanted) => {
      expect(canonicalQuantity(input)).toBe(wanted);
      expect(canonicalQuantity(`-${input}`)).toBe(`-${wanted}`);
    },
  );
});

describe.skipIf(!hasVectors('quantity.json'))('sums recorded from apimachinery 0.32.4', () => {
  const cases = hasVectors('quantity.json') ? readVectors<Vectors>('quantity.json').cases : undefined;

  test.each(cases?.cmp ?? [])('$x and $y compare as $expect', ({ x, y, expect: wanted }) => {
    expect(compareQuantity(parseQuantity(x), parseQuantity(y))).toBe(wanted);
  });

  test.each(cases?.roundUp ?? [])('$input to 10^$scale', ({ input, scale, expect: wanted, exact }) => {
    const rounded = roundUpQuantity(parseQuantity(input), scale);
    expect(compareQuantity(rounded.quantity, parseQuantity(wanted))).toBe(0);
    expect(rounded.exact).toBe(exact);
  });

  test.each(cases?.asFloat ?? [])('$input is $expect', ({ input, expect: wanted }) => {
    expect(quantityFloat(parseQuantity(input))).toBeCloseTo(wanted, 6);
  });
});

test('rounding up', () => {
  const { quantity, exact } = roundUpQuantity(parseQuantity('1.23456'), -3);
  expect([formatQuantity(quantity), exact]).toEqual(['1235m', false]);
  expect(roundUpQuantity(parseQuantity('5'), 0).exact).toBe(true);
});
