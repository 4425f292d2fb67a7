/**
 * A 64-bit signed integer as the shell computes with: a number while that is exact, else a bigint. Every function here
 * gives back the smaller form, so that `===` compares.
 */
export type Int = number | bigint;

/** The smallest form of a 64-bit value; wraps around as two's complement does. */
function toInt(value: bigint): Int {
  const wrapped = BigInt.asIntN(64, value);
  return wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : wrapped;
}

type Exact = (left: bigint, right: bigint) => bigint;

function fast(quick: (left: number, right: number) => number, exact: Exact): (left: Int, right: Int) => Int {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      const result = quick(left, right);
      if (Number.isSafeInteger(result)) return result + 0;
    }
    return toInt(exact(BigInt(left), BigInt(right)));
  };
}

function compare(test: (left: Int, right: Int) => boolean): (left: Int, right: Int) => Int {
  return (left, right) => (test(left, right) ? 1 : 0);
}

const small = (value: number): boolean => value === (value | 0);

/** Bits of small numbers go through JavaScript's 32-bit operators. */
function bits(quick: (left: number, right: number) => number, exact: Exact): (left: Int, right: Int) => Int {
  return (left, right) =>
    typeof left === 'number' && typeof right === 'number' && small(left) && small(right)
      ? quick(left, right)
      : toInt(exact(BigInt(left), BigInt(right)));
}

/** The binary operators that always evaluate both sides; `/`, `%` by zero and `**` below zero are refused by the caller. */
export const BINARY: Readonly<Record<string, (left: Int, right: Int) => Int>> = {
  '+': fast(
    (left, right) => left + right,
    (left, right) => left + right,
  ),
  '-': fast(
    (left, right) => left - right,
    (left, right) => left - right,
  ),
  '*': fast(
    (left, right) => left * right,
    (left, right) => left * right,
  ),
  '/': fast(
    (left, right) => Math.trunc(left / right),
    (left, right) => left / right,
  ),
  '%': fast(
    (left, right) => left % right,
    (left, right) => left % right,
  ),
  '**': (left, right) => power(BigInt(left), BigInt(right)),
  '<<': (left, right) => toInt(BigInt(left) << (BigInt(right) & 63n)),
  '>>': (left, right) => toInt(BigInt(left) >> (BigInt(right) & 63n)),
  '&': bits(
    (left, right) => left & right,
    (left, right) => left & right,
  ),
  '|': bits(
    (left, right) => left | right,
    (left, right) => left | right,
  ),
  '^': bits(
    (left, right) => left ^ right,
    (left, right) => left ^ right,
  ),
  '<': compare((left, right) => left < right),
  '<=': compare((left, right) => left <= right),
  '>': compare((left, right) => left > right),
  '>=': compare((left, right) => left >= right),
  '==': compare((left, right) => left === right),
  '!=': compare((left, right) => left !== right),
  ',': (_left, right) => right,
};

function power(base: bigint, exponent: bigint): Int {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return toInt(result);
}

/** Minus, not and complement. */
export function negate(value: Int): Int {
  return value === 0 ? 0 : typeof value === 'number' ? -value : toInt(-value);
}

export function complement(value: Int): Int {
  return typeof value === 'number' && small(value) ? ~value : toInt(~BigInt(value));
}

/** A digit's worth in bases up to 64: 0-9 a-z A-Z @ _; up to base 36 capitals are small letters. */
function digitValue(char: string, base: number): number {
  if (char >= '0' && char <= '9') return Number(char);
  if (char >= 'a' && char <= 'z') return char.charCodeAt(0) - 87;
  if (char >= 'A' && char <= 'Z') return char.charCodeAt(0) - (base <= 36 ? 55 : 29);
  return char === '@' ? 62 : char === '_' ? 63 : 99;
}

/** Reads a number token of an expression: decimal, octal, 0x, base#digits. A string is what is wrong with it. */
export function readNumber(token: string): Int | string {
  if (/^(?:0|[1-9]\d{0,14})$/.test(token)) return Number(token);
  let base = 10;
  let digits = token;
  const hash = token.indexOf('#');
  if (hash >= 0) {
    base = Number(token.slice(0, hash));
    digits = token.slice(hash + 1);
    if (!(base >= 2 && base <= 64))
      return /^\d+$/.test(token.slice(0, hash)) ? 'invalid arithmetic base' : 'invalid number';
    if (digits === '') return 'invalid integer constant';
  } else if (/^0[xX]/.test(token)) {
    base = 16;
    digits = token.slice(2);
  } else if (token.startsWith('0') && token.length > 1) {
    base = 8;
    digits = token.slice(1);
  }
  let value = 0n;
  for (const char of digits) {
    const worth = digitValue(char, base);
    if (worth >= base) return char === '#' ? 'invalid number' : 'value too great for base';
    value = BigInt.asIntN(64, value * BigInt(base) + BigInt(worth));
  }
  return toInt(value);
}
