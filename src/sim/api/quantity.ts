/**
 * Resource quantities such as `500m`, `1.5Gi`, `2e3`: exact decimals with a
 * preferred way of writing (apimachinery pkg/api/resource).
 */

/** How a quantity likes to be written. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** A parsed quantity. Equal amounts may differ in format; compare with {@link compareQuantity}. */
export interface Quantity {
  /** The amount in billionths. */
  readonly nanos: bigint;
  readonly format: QuantityFormat;
  /** The text it was read from, when that already is the way it is written. */
  readonly text?: string;
}

/** Error of a text that is no quantity, in the server's words. */
export class QuantityError extends Error {}

const NANO = 1_000_000_000n;
const INT64_MAX = 9_223_372_036_854_775_807n;
/** Larger exponents are refused, so that no text makes a number of millions of digits. */
const EXPONENT_MAX = 1_000;
/** Numbers over this many digits are refused for the same reason. */
const DIGITS_MAX = 4_000;

const WRONG_FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_NUMBER = 'unable to parse numeric part of quantity';
const WRONG_SUFFIX = "unable to parse quantity's suffix";

const DECIMAL_SUFFIXES = new Map<string, number>([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

interface Suffix {
  format: QuantityFormat;
  /** Power of ten, or of two for BinarySI. */
  exponent: number;
}

function readSuffix(suffix: string): Suffix {
  const decimal = DECIMAL_SUFFIXES.get(suffix);
  if (decimal !== undefined) return { format: 'DecimalSI', exponent: decimal };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  if (binary > 0) return { format: 'BinarySI', exponent: binary * 10 };
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix);
  if (!exponent) throw new QuantityError(WRONG_SUFFIX);
  const power = Number(exponent[1]);
  if (Math.abs(power) > EXPONENT_MAX) throw new QuantityError(WRONG_SUFFIX);
  return { format: 'DecimalExponent', exponent: power };
}

/**
 * Read a quantity. Amounts finer than a billionth round up, away from zero.
 * @throws QuantityError in the words of the server.
 */
export function parseQuantity(text: string): Quantity {
  if (text === '0') return { nanos: 0n, format: 'DecimalSI', text };
  const match = /^([+-]?)(\d*)(?:(\.)(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text);
  if (text === '' || !match) throw new QuantityError(WRONG_FORMAT);
  const sign = match[1] ?? '';
  const whole = (match[2] ?? '').replace(/^0+/, '');
  const fraction = match[4] ?? '';
  if (whole.length + fraction.length > DIGITS_MAX) throw new QuantityError(WRONG_NUMBER);
  // Without any digit the server reads a zero, whatever the suffix.
  const suffix = readSuffix(match[5] ?? '');
  const digits = BigInt(`${whole === '' ? '0' : whole}${fraction}`);
  let format = suffix.format;
  let nanos: bigint;
  if (format === 'BinarySI') {
    nanos = divideUp(digits * 2n ** BigInt(suffix.exponent) * NANO, 10n ** BigInt(fraction.length));
    if (nanos > INT64_MAX * NANO) nanos = INT64_MAX * NANO;
    if (nanos > 0n && nanos < NANO) format = 'DecimalSI';
  } else {
    nanos = scaleToNanos(digits, suffix.exponent - fraction.length);
  }
  const quantity = { nanos: sign === '-' ? -nanos : nanos, format };
  return isCanonicalText(whole === '' ? `0${fraction}` : `${whole}${fraction}`, fraction, suffix)
    ? { ...quantity, text }
    : quantity;
}

function scaleToNanos(digits: bigint, power: number): bigint {
  const shift = power + 9;
  return shift >= 0 ? digits * 10n ** BigInt(shift) : divideUp(digits, 10n ** BigInt(-shift));
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/** Whether the server keeps the text as it came (its fast path for small canonical numbers). */
function isCanonicalText(shifted: string, fraction: string, suffix: Suffix): boolean {
  if (suffix.format === 'BinarySI') {
    if (fraction !== '') return false;
    const precision = 15 - shifted.length - Math.trunc((suffix.exponent * 3) / 10) - 1;
    return precision >= 0 && BigInt(shifted) % 8n !== 0n;
  }
  const scale = suffix.exponent - fraction.length;
  if (shifted.length > 18 || scale < -9) return false;
  return scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0');
}

/** Write a quantity the way the server does. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text;
  if (quantity.nanos === 0n) return '0';
  const sign = quantity.nanos < 0n ? '-' : '';
  const nanos = quantity.nanos < 0n ? -quantity.nanos : quantity.nanos;
  const binary = quantity.format === 'BinarySI' && nanos >= 1024n * NANO && nanos % NANO === 0n;
  if (binary) return sign + formatBinary(nanos / NANO);
  return sign + formatDecimal(nanos, quantity.format === 'DecimalExponent');
}

function formatBinary(value: bigint): string {
  let power = 0;
  let rest = value;
  while (rest % 1024n === 0n) {
    rest /= 1024n;
    power += 1;
  }
  return `${rest}${BINARY_SUFFIXES[power] ?? ''}`;
}

function formatDecimal(nanos: bigint, withExponent: boolean): string {
  let exponent = -9;
  let rest = nanos;
  while (rest % 1000n === 0n) {
    rest /= 1000n;
    exponent += 3;
  }
  if (withExponent) return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
  for (const [suffix, power] of DECIMAL_SUFFIXES) if (power === exponent) return `${rest}${suffix}`;
  return `${rest}`;
}

/** Make a quantity of whole units. */
export function quantityOf(value: number | bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  return { nanos: BigInt(value) * NANO, format };
}

/** Make a quantity of thousandths. */
export function milliQuantityOf(milli: number | bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  return { nanos: BigInt(milli) * 1_000_000n, format };
}

/** Less than, equal to or greater than zero. */
export function compareQuantity(a: Quantity, b: Quantity): number {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

/** The sum; it is written like the first, unless that is zero. */
export function addQuantity(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/** The difference; it is written like the first, unless that is zero. */
export function subQuantity(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos - b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/** Whole units, rounded up away from zero. */
export function quantityValue(quantity: Quantity): number {
  return Number(roundAwayFromZero(quantity.nanos, NANO));
}

/** Thousandths, rounded up away from zero: what CPU is counted in. */
export function quantityMilliValue(quantity: Quantity): number {
  return Number(roundAwayFromZero(quantity.nanos, 1_000_000n));
}

/** The amount as a floating point number. */
export function quantityFloat(quantity: Quantity): number {
  const whole = quantity.nanos / NANO;
  return Number(whole) + Number(quantity.nanos - whole * NANO) / 1e9;
}

/** Round up to a multiple of 10^scale (scale from -9); `exact` tells whether nothing was lost. */
export function roundUpQuantity(quantity: Quantity, scale: number): { quantity: Quantity; exact: boolean } {
  const unit = 10n ** BigInt(Math.max(0, scale + 9));
  const nanos = roundAwayFromZero(quantity.nanos, unit) * unit;
  return { quantity: { nanos, format: quantity.format }, exact: nanos === quantity.nanos };
}

function roundAwayFromZero(nanos: bigint, unit: bigint): bigint {
  return nanos < 0n ? -divideUp(-nanos, unit) : divideUp(nanos, unit);
}

/** Zero. */
export const ZERO_QUANTITY: Quantity = { nanos: 0n, format: 'DecimalSI', text: '0' };

/** The text of a quantity in its canonical form, or undefined when it is no quantity. */
export function canonicalQuantity(text: string): string | undefined {
  try {
    return formatQuantity(parseQuantity(text));
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}

/** Whether a quantity's text says more than zero. */
export function isPositiveQuantity(text: string): boolean {
  return parseQuantity(text).nanos > 0n;
}
