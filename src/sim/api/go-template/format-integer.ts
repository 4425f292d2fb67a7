import { goRune } from '../go-rune.js';
import { goQuote } from '../go-text.js';
import { type Format, pad } from './format.js';
import type { GoKind } from './go-types.js';

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, O: 8, d: 10, v: 10, x: 16, X: 16 };

/** A whole number by one directive; undefined for a verb that does not fit. */
export function formatInteger(value: bigint, _kind: GoKind, format: Format): string | undefined {
  switch (format.verb) {
    case 'c':
      return pad(character(value), format);
    case 'q':
      return pad(quotedCharacter(value, format), format);
    case 'U':
      return pad(unicodeName(value, format), format);
    default: {
      const base = BASES[format.verb];
      return base === undefined ? undefined : formatDigits(value, base, format);
    }
  }
}

function character(value: bigint): string {
  const code = value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd;
  return String.fromCodePoint(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
}

function quotedCharacter(value: bigint, format: Format): string {
  const char = character(value);
  const inner = char === "'" ? "\\'" : char === '"' ? '"' : goQuote(char).slice(1, -1);
  if (!format.plus || char < '\x80') return `'${inner}'`;
  return `'\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}'`;
}

function unicodeName(value: bigint, format: Format): string {
  const digits = value
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, format.precision ?? 4), '0');
  return format.sharp ? goRune(character(value)) : `U+${digits}`;
}

function formatDigits(value: bigint, base: number, format: Format): string {
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? '-' : format.plus ? '+' : format.space ? ' ' : '';
  if (format.precision === 0 && value === 0n) return pad('', { ...format, zero: false });
  const raw = size.toString(base);
  const least = leastDigits(sign, format);
  const digits = (format.verb === 'X' ? raw.toUpperCase() : raw).padStart(least, '0');
  return pad(sign + prefixOf(digits, base, format) + digits, { ...format, zero: false });
}

function leastDigits(sign: string, format: Format): number {
  if (format.precision !== undefined) return format.precision;
  return format.zero && !format.minus ? (format.width ?? 0) - sign.length : 0;
}

function prefixOf(digits: string, base: number, format: Format): string {
  if (format.verb === 'O') return '0o';
  if (!format.sharp) return '';
  if (base === 2) return '0b';
  if (base === 8) return digits.startsWith('0') ? '' : '0';
  return base === 16 ? `0${format.verb}` : '';
}
