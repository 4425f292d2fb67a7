import { type GoData, GoInteger, GoNamedText, GoNil } from '../../../api/go-template/go-values.js';

const LOWEST = -(2n ** 63n);

/** Data as an int64 (spf13/cast): what is no number is zero. */
export function toInt64(data: GoData): bigint {
  if (data instanceof GoInteger) return BigInt.asIntN(64, data.value);
  if (typeof data === 'number') return truncated(data);
  if (typeof data === 'boolean') return data ? 1n : 0n;
  if (typeof data === 'bigint') return data;
  if (data instanceof GoNil || data === null) return 0n;
  const text = data instanceof GoNamedText ? data.value : data;
  return typeof text === 'string' ? (parseInteger(text.replace(/\.0+$/, '')) ?? 0n) : 0n;
}

/** As processors do it: what does not fit is the lowest number. */
function truncated(value: number): bigint {
  if (!Number.isFinite(value) || value >= 2 ** 63 || value < -(2 ** 63)) return LOWEST;
  return BigInt(Math.trunc(value));
}

const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|0[0-7_]*|[1-9][0-9_]*)$/;

/** A whole number as Go's ParseInt reads it with base 0; undefined when it is none or does not fit into an int64. */
export function parseInteger(text: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined || /__|_$/.test(digits)) return undefined;
  const plain = digits.replaceAll('_', '').toLowerCase();
  const size = BigInt(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain);
  const value = sign === '-' ? -size : size;
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** Data as a float64 (spf13/cast): what is no number is zero. */
export function toFloat64(data: GoData): number {
  if (data instanceof GoInteger) return Number(data.value);
  if (typeof data === 'number') return data;
  if (typeof data === 'boolean') return data ? 1 : 0;
  if (typeof data === 'bigint') return Number(data);
  return typeof data === 'string' ? (parseFloat64(data) ?? 0) : 0;
}

const FLOAT = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;

/** A float as Go's ParseFloat reads it; undefined when it is none or too large. */
function parseFloat64(text: string): number | undefined {
  if (/^[-+]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  const value = FLOAT.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
