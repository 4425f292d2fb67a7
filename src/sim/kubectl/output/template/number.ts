import { goQuote } from '../../../api/go-text.js';
import { unquote } from '../../../api/jsonpath/unquote.js';
import { OutputError } from '../../../api/output-error.js';

export interface NumberConstant {
  readonly value: number;
  /** It is written as a float, so it is one even when it is whole. */
  readonly isFloat: boolean;
}

const INTEGER =
  /^[-+]?(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0[oO]?_?[0-7]+(?:_[0-7]+)*|0[bB]_?[01]+(?:_[01]+)*|0|[1-9][0-9]*(?:_[0-9]+)*)$/;
const FLOAT = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;

/** Reads a number as Go reads its constants. Throws OutputError with the complaint alone. */
export function parseNumber(text: string): NumberConstant {
  if (INTEGER.test(text)) {
    const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
    const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
    const exact = text.startsWith('-') ? -size : size;
    if (exact >= -(2n ** 63n) && exact < 2n ** 64n) return { value: Number(exact), isFloat: false };
    throw new OutputError(`integer overflow: ${goQuote(text)}`);
  }
  if (!FLOAT.test(text)) throw new OutputError(`illegal number syntax: ${goQuote(text)}`);
  if (!/[.eE]/.test(text)) throw new OutputError(`integer overflow: ${goQuote(text)}`);
  return { value: Number(text), isFloat: true };
}

/** Reads a character in single quotes as its number. Throws OutputError with the complaint alone. */
export function parseCharacter(text: string): NumberConstant {
  const chars = [...(unquote(text) ?? '')];
  if (unquote(text) === undefined || chars.length === 0) throw new OutputError('invalid syntax');
  if (chars.length > 1) throw new OutputError(`malformed character constant: ${text}`);
  return { value: chars[0]?.codePointAt(0) ?? 0, isFloat: false };
}
