import type { Directive } from '../../format/c-format.js';
import { formatFloat } from '../../format/c-format.js';

/** Text that came from outside and looks like a number: compares as one. */
export class NumericText {
  constructor(
    readonly text: string,
    readonly value: number,
  ) {}
}

/** A scalar; undefined: never assigned, both "" and 0. Text has one character per byte. */
export type Scalar = number | string | NumericText | undefined;

/** An associative array. */
export type AwkArray = Map<string, Scalar>;

const NUMBER_START =
  /^[ \t\n\v\f\r]*([-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan))/i;

/** Text from outside, as a number too when it looks like one. */
export function fromInput(text: string): Scalar {
  const match = NUMBER_START.exec(text);
  if (!match || text.slice(match[0].length).trim() !== '') return text;
  return new NumericText(text, parseNumber(match[1] as string));
}

function parseNumber(word: string): number {
  const sign = word.startsWith('-') ? -1 : 1;
  const digits = word.replace(/^[-+]/, '').toLowerCase();
  if (digits.startsWith('inf')) return sign * Number.POSITIVE_INFINITY;
  return digits === 'nan' ? Number.NaN : sign * Number(digits);
}

/** The number a value stands for: what its text begins with, or 0. */
export function toNumber(value: Scalar): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (value instanceof NumericText) return value.value;
  const match = NUMBER_START.exec(value);
  return match ? parseNumber(match[1] as string) : 0;
}

/** The text of a value; whole numbers as integers, others by `format` (CONVFMT or OFMT). */
export function toText(value: Scalar, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (value instanceof NumericText) return value.text;
  return numberText(value, format);
}

/** Whether a value counts as true. */
export function isTrue(value: Scalar): boolean {
  if (typeof value === 'string') return value !== '';
  return toNumber(value) !== 0;
}

/** Order of two values: as numbers when both are (or look like) numbers, else as text. */
export function compareValues(left: Scalar, right: Scalar, format: string): number {
  if (typeof left !== 'string' && typeof right !== 'string') {
    const a = toNumber(left);
    const b = toNumber(right);
    return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
  }
  const a = toText(left, format);
  const b = toText(right, format);
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberText(value: number, format: string): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value === 0 ? 0 : value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  const match = /^%([-+ #0]*)(\d*)(?:\.(\d*))?([efgEFG])$/.exec(format);
  const [, flags = '', width = '', precision, conversion = 'g'] = match ?? [];
  const directive: Directive = {
    minus: flags.includes('-'),
    plus: flags.includes('+'),
    space: flags.includes(' '),
    alternate: flags.includes('#'),
    zero: flags.includes('0'),
    width: Number(width),
    precision: precision === undefined ? (match ? -1 : 6) : Number(precision),
    conversion,
  };
  return formatFloat(value, directive);
}
