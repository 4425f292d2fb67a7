import { goFloat } from '../go-number.js';
import { type Format, pad } from './format.js';

/** How many digits JavaScript's own methods write at most. */
const DIGITS_MAX = 100;

/** A float by one directive; undefined for a verb that does not fit. */
export function formatFloat(value: number, format: Format): string | undefined {
  const digits = Number.isFinite(value) ? digitsOf(Math.abs(value), format) : special(value, format);
  if (digits === undefined) return undefined;
  const sign = value < 0 || Object.is(value, -0) ? '-' : format.plus ? '+' : format.space ? ' ' : '';
  const zeros = format.zero && !format.minus && Number.isFinite(value);
  if (zeros) return sign + digits.padStart((format.width ?? 0) - sign.length, '0');
  return pad((Number.isNaN(value) && sign !== '+' ? '' : sign) + digits, { ...format, zero: false });
}

function special(value: number, format: Format): string | undefined {
  if (!'vgGeEfF'.includes(format.verb)) return undefined;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 && !format.plus && !format.space ? '+Inf' : 'Inf';
}

function digitsOf(value: number, format: Format): string | undefined {
  const { verb, precision } = format;
  switch (verb) {
    case 'f':
    case 'F':
      return fixedDigits(value, precision ?? 6);
    case 'e':
    case 'E':
      return cased(twoDigitExponent(value.toExponential(Math.min(precision ?? 6, DIGITS_MAX))), verb);
    case 'g':
    case 'G':
    case 'v':
      return cased(precision === undefined ? goFloat(value) : shortened(value, Math.max(precision, 1)), verb);
    case 'x':
    case 'X':
      return cased(hexDigits(value), verb === 'X' ? 'E' : 'e');
    default:
      return undefined;
  }
}

/** All digits of a double, which has finitely many, rounded half to even as its exact value asks. */
function fixedDigits(value: number, places: number): string {
  if (value < 1e21) return value.toFixed(Math.min(places, DIGITS_MAX));
  return `${BigInt(value)}${places > 0 ? `.${'0'.repeat(places)}` : ''}`;
}

function shortened(value: number, digits: number): string {
  const text = value.toExponential(Math.min(digits - 1, DIGITS_MAX));
  const exponent = Number(text.split('e')[1]);
  const shortest = value.toExponential().split('e')[0]?.replace('.', '').length ?? 1;
  // The library counts on with the digits there are when they are fewer than what was asked for.
  const limit = digits > shortest && shortest >= exponent + 1 ? shortest : digits;
  if (exponent < -4 || exponent >= limit) return twoDigitExponent(trimZeros(text));
  return trimZeros(value.toFixed(Math.min(Math.max(digits - 1 - exponent, 0), DIGITS_MAX)));
}

/** `0x1.8p+00`: the shortest form of `%x`. */
function hexDigits(value: number): string {
  if (value === 0) return '0x0p+00';
  const exponent = Math.floor(Math.log2(value));
  const power = value / 2 ** exponent >= 2 ? exponent + 1 : value / 2 ** exponent < 1 ? exponent - 1 : exponent;
  const fraction = BigInt(Math.round((value / 2 ** power - 1) * 2 ** 52))
    .toString(16)
    .padStart(13, '0')
    .replace(/0+$/, '');
  const sign = power < 0 ? '-' : '+';
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

function trimZeros(text: string): string {
  const [mantissa = '', power] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return power === undefined ? short : `${short}e${power}`;
}

function cased(text: string, verb: string): string {
  return verb === 'E' || verb === 'G' ? text.toUpperCase() : text;
}

function twoDigitExponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}
