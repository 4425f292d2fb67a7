/** Decodes plain values as Go's types do. */
import { DurationError, formatDuration, parseDuration } from './duration.js';
import type { TypeKind } from './facts/type-text.js';
import { goQuote } from './go-text.js';
import { formatQuantity, parseQuantity, QuantityError } from './quantity.js';
import { formatMicroTime, formatTime, parseTime } from './time.js';

/** A value, or what is wrong: `found` for a JSON type that does not fit, `error` for the type's own words. */
export type ScalarResult = { readonly value: unknown } | { readonly found?: string; readonly error?: string };

/** What a JSON value is, as Go's decoder calls it. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

const INTEGER_RANGES: Partial<Record<TypeKind, readonly [low: number, high: number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  byte: [0, 255],
  uint: [0, 2 ** 32 - 1],
};

/** Decodes a value that is neither object nor list to Go. */
export function decodeScalar(kind: TypeKind, value: unknown): ScalarResult {
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? { value } : {};
    case 'bool':
      return typeof value === 'boolean' ? { value } : {};
    case 'float':
      return typeof value === 'number' ? { value } : {};
    case 'int32':
    case 'int64':
    case 'byte':
    case 'uint':
      return decodeInteger(kind, value);
    case 'bytes':
      return decodeBytes(value);
    case 'time':
    case 'microTime':
      return decodeTime(kind, value);
    case 'duration':
      return decodeDuration(value);
    case 'quantity':
      return decodeQuantity(value);
    default:
      return decodeIntOrString(value);
  }
}

function decodeInteger(kind: TypeKind, value: unknown): ScalarResult {
  if (typeof value !== 'number') return {};
  const [low, high] = INTEGER_RANGES[kind] ?? [0, 0];
  return Number.isInteger(value) && value >= low && value <= high ? { value } : { found: `number ${value}` };
}

function decodeBytes(value: unknown): ScalarResult {
  if (typeof value !== 'string') return {};
  const text = value.replace(/[\r\n]/g, '');
  const wrong = text.search(/[^A-Za-z0-9+/=]/);
  const body = text.replace(/=+$/, '');
  const padding = text.length - body.length;
  const early = body.indexOf('=');
  if (wrong >= 0 || early >= 0) return { error: `illegal base64 data at input byte ${wrong >= 0 ? wrong : early}` };
  if (text.length % 4 !== 0 || padding > 2 || body.length % 4 === 1) {
    return { error: `illegal base64 data at input byte ${text.length - (text.length % 4)}` };
  }
  return { value: text };
}

function decodeTime(kind: 'time' | 'microTime', value: unknown): ScalarResult {
  if (typeof value !== 'string') return goValueError(value, 'string');
  const at = parseTime(value);
  if (at !== undefined) return { value: kind === 'time' ? formatTime(at) : formatMicroTime(at) };
  const layout = kind === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
  return { error: `parsing time ${goQuote(value)} as ${goQuote(layout)}: ${timeComplaint(value)}` };
}

/** Where Go's time parser gives up. */
function timeComplaint(text: string): string {
  const steps: [RegExp, string][] = [
    [/^\d{4}/, '2006'],
    [/^-/, '-'],
    [/^\d\d/, '01'],
    [/^-/, '-'],
    [/^\d\d/, '02'],
    [/^T/, 'T'],
    [/^\d\d/, '15'],
    [/^:/, ':'],
    [/^\d\d/, '04'],
    [/^:/, ':'],
    [/^\d\d/, '05'],
    [/^(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)/, 'Z07:00'],
  ];
  let rest = text;
  for (const [pattern, element] of steps) {
    const match = pattern.exec(rest);
    if (!match) return `cannot parse ${goQuote(rest)} as ${goQuote(element)}`;
    rest = rest.slice(match[0].length);
  }
  if (rest !== '') return `extra text: ${goQuote(rest)}`;
  const names = ['month', 'day', 'hour', 'minute', 'second'];
  const [, ...parts] = /^\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
  const limits = [12, 31, 23, 59, 59];
  const out = parts.findIndex(
    (part, index) => Number(part) > (limits[index] ?? 0) || (index < 2 && Number(part) === 0),
  );
  return `${names[out < 0 ? 1 : out]} out of range`;
}

function decodeDuration(value: unknown): ScalarResult {
  if (typeof value !== 'string') return goValueError(value, 'string');
  try {
    return { value: formatDuration(parseDuration(value)) };
  } catch (error) {
    if (error instanceof DurationError) return { error: error.message };
    throw error;
  }
}

function decodeQuantity(value: unknown): ScalarResult {
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  if (text === '') return { value: '0' };
  try {
    return { value: formatQuantity(parseQuantity(text)) };
  } catch (error) {
    if (error instanceof QuantityError) return { error: error.message };
    throw error;
  }
}

function decodeIntOrString(value: unknown): ScalarResult {
  if (typeof value === 'string') return { value };
  if (typeof value !== 'number') return goValueError(value, 'int32');
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? { value } : goValueError(value, 'int32');
}

function goValueError(value: unknown, type: string): ScalarResult {
  const found = typeof value === 'number' && type === 'int32' ? `number ${value}` : describeValue(value);
  return { error: `json: cannot unmarshal ${found} into Go value of type ${type}` };
}
