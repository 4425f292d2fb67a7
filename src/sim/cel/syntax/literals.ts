/** Literals as values. */
import { Uint, type Value } from '../values.js';

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const UINT_MAX = 2n ** 64n - 1n;

/** A literal's value, or what is wrong with it. */
export type Read = { readonly value: Value; readonly mistake?: undefined } | { readonly mistake: string };

/** An int's value: decimal or hexadecimal, with its sign. */
export function readInt(text: string, negative: boolean): Read {
  const magnitude = BigInt(text);
  const value = negative ? -magnitude : magnitude;
  return value < INT_MIN || value > INT_MAX ? { mistake: 'invalid int literal' } : { value };
}

/** An unsigned number's value, with the `u` at its end. */
export function readUint(text: string): Read {
  const value = BigInt(text.slice(0, -1));
  return value > UINT_MAX ? { mistake: 'invalid uint literal' } : { value: new Uint(value) };
}

/** A floating point number's value. */
export function readDouble(text: string, negative: boolean): Read {
  const magnitude = Number(text);
  if (!Number.isFinite(magnitude)) return { mistake: 'invalid double literal' };
  return { value: negative ? -magnitude : magnitude };
}

/** The text of a quoted literal. */
export function readString(literal: string): Read {
  const { body, raw } = unquote(literal);
  if (raw || !body.includes('\\')) return { value: body };
  let text = '';
  for (const part of parts(body)) {
    const code = part.startsWith('\\') ? escapedCode(part) : undefined;
    if (code !== undefined && !isValidCode(code)) return { mistake: 'invalid unicode code point' };
    text += code === undefined ? part : String.fromCodePoint(code);
  }
  return { value: text };
}

/** The bytes of a quoted literal that begins with `b`. */
export function readBytes(literal: string): Read {
  const { body, raw } = unquote(literal.slice(1));
  const encoder = new TextEncoder();
  if (raw) return { value: encoder.encode(body) };
  const bytes: number[] = [];
  for (const part of parts(body)) {
    if (/^\\[uU]/.test(part)) return { mistake: 'unable to unescape string' };
    if (part.startsWith('\\')) bytes.push(escapedCode(part) & 0xff);
    else bytes.push(...encoder.encode(part));
  }
  return { value: Uint8Array.from(bytes) };
}

function unquote(literal: string): { body: string; raw: boolean } {
  const raw = /^[rR]/.test(literal);
  const quoted = raw ? literal.slice(1) : literal;
  const width = quoted.length >= 6 && /^("""|''')/.test(quoted) ? 3 : 1;
  return { body: quoted.slice(width, -width), raw };
}

/** Escapes and characters, one by one. */
function parts(body: string): string[] {
  return body.match(/\\(?:[0-3][0-7][0-7]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])|[^\\]/gu) ?? [];
}

const NAMED: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

function escapedCode(part: string): number {
  const sign = part[1] ?? '';
  if (/[xXuU]/.test(sign)) return Number.parseInt(part.slice(2), 16);
  if (/[0-3]/.test(sign)) return Number.parseInt(part.slice(1), 8);
  return NAMED[sign] ?? sign.charCodeAt(0);
}

function isValidCode(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}
