import { TemplateError } from '../../../api/go-template/template-error.js';

/** Decimals as shopspring's library has them: digits and a power of ten. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const DIVISION_PLACES = 16;

/** The decimal of a float's shortest digits; what is no number is zero. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) return { digits: 0n, exponent: 0 };
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const [whole = '0', rest = ''] = mantissa.split('.');
  return { digits: BigInt(whole + rest), exponent: Number(power) - rest.length };
}

/** The float nearest to a decimal. */
export function floatOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

/** The sum. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
}

/** The product. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** The quotient, rounded to sixteen places away from zero where it lies in the middle. Throws TemplateError by zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new TemplateError('decimal division by 0');
  const shift = a.exponent - b.exponent + DIVISION_PLACES;
  const numerator = shift >= 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const denominator = shift >= 0 ? b.digits : b.digits * 10n ** BigInt(-shift);
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const up = magnitude(rest) * 2n >= magnitude(denominator);
  const sign = numerator < 0n === denominator < 0n ? 1n : -1n;
  return { digits: up ? quotient + sign : quotient, exponent: -DIVISION_PLACES };
}

function scaled({ digits, exponent }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(exponent - wanted);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
