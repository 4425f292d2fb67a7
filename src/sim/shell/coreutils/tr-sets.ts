import { textToBytes } from '../format/byte-text.js';
import { rawText } from './io.js';

/** What is wrong with a SET, in tr's words. */
export class SetError extends Error {}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[\x21-\x7e]/,
  lower: /[a-z]/,
  print: /[\x20-\x7e]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};
const SIMPLE: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

interface Element {
  readonly byte: number;
  /** Written with a backslash: never part of `[:class:]` or a range's dash. */
  readonly literal: boolean;
}

/** All bytes in order. */
export function allBytes(): number[] {
  return Array.from({ length: 256 }, (_, byte) => byte);
}

/** The bytes of a SET. `fill` is the length that `[c*]` fills up to; undefined in SET1, where repeats may not stand. */
export function expandSet(text: string, fill: number | undefined, quote: (text: string) => string): number[] {
  const elements = readElements(text);
  const result: number[] = [];
  let repeat: { at: number; byte: number } | undefined;
  for (let at = 0; at < elements.length; ) {
    const bracket = readBracket(elements, at, quote);
    if (bracket?.repeat !== undefined) {
      if (fill === undefined) throw new SetError('the [c*] repeat construct may not appear in string1');
      if (bracket.repeat === 0) repeat = { at: result.length, byte: bracket.bytes[0] as number };
      else for (let index = 0; index < bracket.repeat; index += 1) result.push(bracket.bytes[0] as number);
      at = bracket.next;
    } else if (bracket) {
      result.push(...bracket.bytes);
      at = bracket.next;
    } else at = readRange(elements, at, result);
  }
  if (repeat && fill !== undefined) {
    const missing = Math.max(0, fill - result.length);
    result.splice(repeat.at, 0, ...Array.from({ length: missing }, () => repeat.byte));
  }
  return result;
}

function readRange(elements: readonly Element[], at: number, result: number[]): number {
  const from = (elements[at] as Element).byte;
  const dash = elements[at + 1];
  const end = elements[at + 2];
  if (dash?.byte !== 0x2d || dash.literal || !end) {
    result.push(from);
    return at + 1;
  }
  if (end.byte < from) {
    throw new SetError(
      `range-endpoints of '${shown(from)}-${shown(end.byte)}' are in reverse collating sequence order`,
    );
  }
  for (let byte = from; byte <= end.byte; byte += 1) result.push(byte);
  return at + 3;
}

function readBracket(
  elements: readonly Element[],
  at: number,
  quote: (text: string) => string,
): { bytes: number[]; next: number; repeat?: number } | undefined {
  if (elements[at]?.byte !== 0x5b || elements[at]?.literal) return undefined;
  const rest = elements
    .slice(at)
    .map(({ byte, literal }) => (literal ? '\0' : String.fromCharCode(byte)))
    .join('');
  const named = /^\[:([^:\]]*):\]/.exec(rest);
  if (named) {
    const pattern = CLASSES[named[1] as string];
    if (!pattern) throw new SetError(`invalid character class ${quote(named[1] as string)}`);
    return {
      bytes: allBytes().filter((byte) => byte < 128 && pattern.test(String.fromCharCode(byte))),
      next: at + named[0].length,
    };
  }
  if (/^\[=.=\]/s.test(rest)) return { bytes: [(elements[at + 2] as Element).byte], next: at + 5 };
  const repeated = /^\[.\*(\d*)\]/s.exec(rest);
  if (!repeated) return undefined;
  const digits = repeated[1] as string;
  const count = digits === '' ? 0 : Number.parseInt(digits, digits.startsWith('0') ? 8 : 10);
  return { bytes: [(elements[at + 1] as Element).byte], next: at + repeated[0].length, repeat: count };
}

function readElements(text: string): Element[] {
  const raw = rawText(textToBytes(text));
  const elements: Element[] = [];
  for (let at = 0; at < raw.length; ) {
    const char = raw[at] as string;
    if (char !== '\\' || at + 1 === raw.length) {
      elements.push({ byte: char.charCodeAt(0), literal: false });
      at += 1;
      continue;
    }
    const octal = /^[0-3]?[0-7]{1,2}/.exec(raw.slice(at + 1))?.[0];
    const next = raw[at + 1] as string;
    elements.push({ byte: octal ? Number.parseInt(octal, 8) : (SIMPLE[next] ?? next.charCodeAt(0)), literal: true });
    at += 1 + (octal?.length ?? 1);
  }
  return elements;
}

function shown(byte: number): string {
  return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
}
