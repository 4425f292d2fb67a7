import { goQuote } from '../go-text.js';
import { unquote } from '../jsonpath/unquote.js';
import { TemplateError } from './template-error.js';

/** A constant in all the types it could have; which one it gets depends on where it stands. */
export interface NumberConstant {
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number;
  /** It is written as a float, so it is one where nothing else is asked for. */
  readonly isFloat: boolean;
}

const INTEGER =
  /^[-+]?(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0[oO]?_?[0-7]+(?:_[0-7]+)*|0[bB]_?[01]+(?:_[01]+)*|0|[1-9][0-9]*(?:_[0-9]+)*)$/;
const FLOAT = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;
const HEX_FLOAT = /^([-+]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([-+]?[0-9]+)$/;

/** Reads a number as Go reads its constants. Throws TemplateError with the complaint alone. */
export function parseNumber(text: string): NumberConstant {
  if (INTEGER.test(text)) return integer(text);
  const value = floatOf(text);
  if (value === undefined || !Number.isFinite(value)) {
    throw new TemplateError(`illegal number syntax: ${goQuote(text)}`);
  }
  if (!/[.eEpP]/.test(text)) throw new TemplateError(`integer overflow: ${goQuote(text)}`);
  const whole = Number.isInteger(value) ? BigInt(value) : undefined;
  return { int: inInt64(whole), uint: inUint64(whole), float: value, isFloat: true };
}

function integer(text: string): NumberConstant {
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  const exact = text.startsWith('-') ? -size : size;
  const [int, uint] = [inInt64(exact), inUint64(exact)];
  if (int === undefined && uint === undefined) throw new TemplateError(`integer overflow: ${goQuote(text)}`);
  return { int, uint, float: Number(exact), isFloat: false };
}

function inInt64(value: bigint | undefined): bigint | undefined {
  return value !== undefined && value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined;
}

function inUint64(value: bigint | undefined): bigint | undefined {
  return value !== undefined && value >= 0n && value < 2n ** 64n ? value : undefined;
}

function floatOf(text: string): number | undefined {
  if (FLOAT.test(text)) return Number(text);
  const [, sign, whole = '', rest = '', power] = HEX_FLOAT.exec(text) ?? [];
  if (power === undefined || whole + rest === '') return undefined;
  const size = Number(BigInt(`0x${whole}${rest}`)) * 2 ** (Number(power) - 4 * rest.length);
  return sign === '-' ? -size : size;
}

/** Reads a character in single quotes as its number. Throws TemplateError with the complaint alone. */
export function parseCharacter(text: string): NumberConstant {
  const read = unquote(text);
  const chars = [...(read ?? '')];
  if (read === undefined || chars.length === 0) throw new TemplateError('invalid syntax');
  if (chars.length > 1) throw new TemplateError(`malformed character constant: ${text}`);
  const code = chars[0]?.codePointAt(0) ?? 0;
  return { int: BigInt(code), uint: BigInt(code), float: code, isFloat: false };
}
