/** Decodes plain values as Go's types do. */
import { DurationError, formatDuration, parseDuration } from './duration.js';
import type { TypeKind } from './facts/type-text.js';
import { goQuote } from './go-text.js';
import { formatQuantity, parseQuantity, QuantityError } from './quantity.js';
import { formatMicroTime, formatTime, parseTime } from './time.js';

/**
 * A value, or what is wrong: `found` for a JSON value that does not fit and `type` for the Go type it does not fit, where
 * they are not the usual ones, or `error` for the type's own words.
 */
export type ScalarResult =
  | { readonly value: unknown }
  | { readonly found?: string; readonly type?: string; readonly error?: string };

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

/** Decodes a value that is neither object nor list to Go. A number may come with the way it was written. */
export function decodeScalar(kind: TypeKind, value: unknown, spelling?: string): ScalarResult {
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? { value } : {};
    case 'bool':
      return typeof value === 'boolean' ? { value } : {};
    case 'float':
      return decodeFloat(value, spelling);
    case 'int32':
    case 'int64':
    case 'byte':
    case 'uint':
      return decodeInteger(kind, value, spelling);
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
      return decodeIntOrString(value, spelling);
  }
}

function decodeFloat(value: unknown, spelling?: string): ScalarResult {
  if (typeof value !== 'number') return {};
  return Number.isFinite(value) ? { value } : { found: `number ${spelling ?? value}` };
}

function decodeInteger(kind: TypeKind, value: unknown, spelling?: string): ScalarResult {
  if (typeof value !== 'number') return {};
  const [low, high] = INTEGER_RANGES[kind] ?? [0, 0];
  const fits = Number.isInteger(value) && value >= low && value <= high && isWhole(kind, spelling);
  return fits ? { value } : { found: `number ${spelling ?? value}` };
}

/** Whether Go's ParseInt takes a number as it is written; a double does not tell the bounds of int64 from their neighbours. */
function isWhole(kind: TypeKind, spelling: string | undefined): boolean {
  if (spelling === undefined) return true;
  return /^-?\d+$/.test(spelling) && (kind !== 'int64' || BigInt.asIntN(64, BigInt(spelling)) === BigInt(spelling));
}

function decodeBytes(value: unknown): ScalarResult {
  if (typeof value !== 'string') return {};
  const wrong = findBase64Error(value);
  if (wrong !== undefined) return { error: `illegal base64 data at input byte ${wrong}` };
  return { value: value.replace(/[\r\n]/g, '') };
}

/** Where Go's decoder gives up: at a wrong character, or at the start of four characters that are not all there. */
function findBase64Error(text: string): number | undefined {
  let inGroup = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\r' || character === '\n') continue;
    if (/[A-Za-z0-9+/]/.test(character)) {
      inGroup = (inGroup + 1) % 4;
    } else if (character === '=' && inGroup >= 2) {
      return findPaddingError(text, at, inGroup);
    } else return at;
  }
  return inGroup === 0 ? undefined : text.length - inGroup;
}

/** Padding ends the text: two signs after two characters, one after three. */
function findPaddingError(text: string, at: number, inGroup: number): number | undefined {
  const rest = /^[\r\n]*/;
  let next = at + 1 + (rest.exec(text.slice(at + 1))?.[0].length ?? 0);
  if (inGroup === 2) {
    if (next >= text.length) return text.length;
    if (text[next] !== '=') return next - 1;
    next += 1 + (rest.exec(text.slice(next + 1))?.[0].length ?? 0);
  }
  return next < text.length ? next : undefined;
}

function decodeTime(kind: 'time' | 'microTime', value: unknown): ScalarResult {
  if (typeof value !== 'string') return { type: 'string' };
  const at = parseTime(value);
  if (at !== undefined && isOwnForm(kind, value)) return { value };
  if (at !== undefined) return { value: kind === 'time' ? formatTime(at) : formatMicroTime(at) };
  const layout = kind === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
  return { error: `parsing time ${goQuote(value)}${timeComplaint(value, layout)}` };
}

/** Whether an instant is written as it would be written again. */
function isOwnForm(kind: 'time' | 'microTime', text: string): boolean {
  const length = kind === 'time' ? 20 : 27;
  return text.length === length && text.endsWith('Z') && (kind === 'time' || text[19] === '.');
}

/** Where Go's time parser gives up. */
function timeComplaint(text: string, layout: string): string {
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
    if (!match) return ` as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(element)}`;
    rest = rest.slice(match[0].length);
  }
  if (rest !== '') return `: extra text: ${goQuote(rest)}`;
  const names = ['month', 'day', 'hour', 'minute', 'second'];
  const [, ...parts] = /^\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
  const limits = [12, 31, 23, 59, 59];
  const out = parts.findIndex(
    (part, index) => Number(part) > (limits[index] ?? 0) || (index < 2 && Number(part) === 0),
  );
  if (out < 0 && /[+-](2[4-9]|[3-9]\d):\d\d$/.test(text)) return ': time zone offset hour out of range';
  return `: ${names[out < 0 ? 1 : out]} out of range`;
}

function decodeDuration(value: unknown): ScalarResult {
  if (typeof value !== 'string') return { type: 'string' };
  try {
    return { value: formatDuration(parseDuration(value)) };
  } catch (error) {
    if (error instanceof DurationError) return { error: error.message };
    throw error;
  }
}

function decodeQuantity(value: unknown): ScalarResult {
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  try {
    return { value: formatQuantity(parseQuantity(text)) };
  } catch (error) {
    if (error instanceof QuantityError) return { error: error.message };
    throw error;
  }
}

function decodeIntOrString(value: unknown, spelling?: string): ScalarResult {
  if (typeof value === 'string') return { value };
  return { type: 'int32', ...decodeInteger('int32', value, spelling) };
}
