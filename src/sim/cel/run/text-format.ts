/** Texts with places for values: the clauses of `format`. */
import { goQuote } from '../../api/go-text.js';
import { CelError, CelList, CelMap, Duration, Timestamp, TypeValue, Uint, type Value } from '../values.js';
import { toText } from './conversions.js';
import { typeOf } from './kinds.js';

/** A clause that is none, or that cannot show its value. */
export class TextFormatError extends Error {}

/** How a value is to be shown. */
export interface Clause {
  readonly letter: string;
  readonly precision: number;
}

const LETTERS = new Set(['s', 'd', 'f', 'e', 'b', 'x', 'X', 'o']);
const PRECISION = 6;

/** What each clause can show, as its error says. */
const SHOWS: Readonly<Record<string, string>> = {
  s: 'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
  d: 'decimal clause can only be used on integers',
  f: 'fixed-point clause can only be used on doubles',
  e: 'scientific clause can only be used on doubles',
  b: 'only integers and bools can be formatted as binary',
  x: 'only integers, byte buffers, and strings can be formatted as hex',
  o: 'octal clause can only be used on integers',
};

/** The error of a clause that cannot show a type. */
export function wrongType({ letter }: Clause, type: string): TextFormatError {
  return new TextFormatError(`error during formatting: ${SHOWS[letter.toLowerCase()]}, was given ${type}`);
}

/** Goes through a text, and puts in what the function makes of every clause. */
export function fillClauses(text: string, count: number, show: (clause: Clause, index: number) => string): string {
  let filled = '';
  let index = 0;
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '%') {
      filled += text[at];
      at += 1;
    } else if (text[at + 1] === '%') {
      filled += '%';
      at += 2;
    } else {
      if (index >= count) throw new TextFormatError(`index ${index} out of range`);
      if (at + 1 >= text.length) throw new TextFormatError('unexpected end of string');
      const { clause, length } = readClause(text.slice(at + 1));
      filled += show(clause, index);
      at += length + 1;
      index += 1;
    }
  }
  return filled;
}

function readClause(text: string): { clause: Clause; length: number } {
  const wrong = (why: string) => new TextFormatError(`could not parse formatting clause: ${why}`);
  const precision = /^\.(\d*)/.exec(text);
  if (precision && precision[0].length === text.length) {
    throw wrong('error while parsing precision: could not find end of precision specifier');
  }
  if (precision?.[1] === '') {
    const why = 'error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax';
    throw wrong(`error while parsing precision: ${why}`);
  }
  const start = precision?.[0].length ?? 0;
  const letter = text[start] ?? '';
  if (!LETTERS.has(letter)) throw wrong(`unrecognized formatting clause "${letter}"`);
  return { clause: { letter, precision: precision ? Number(precision[1]) : PRECISION }, length: start + 1 };
}

/** A text with the values of a list in its places. */
export function formatText(text: string, list: CelList): string {
  return fillClauses(text, list.size, (clause, index) => shown(clause, list.at(index)));
}

function shown(clause: Clause, value: Value): string {
  switch (clause.letter) {
    case 's':
      return plain(value) ?? refuse(clause, value);
    case 'd':
      return typeof value === 'bigint'
        ? String(value)
        : value instanceof Uint
          ? String(value.value)
          : refuse(clause, value);
    case 'f':
      return grouped(doubleOf(clause, value), clause.precision);
    case 'e':
      return scientific(doubleOf(clause, value), clause.precision);
    case 'b':
      return typeof value === 'boolean' ? String(Number(value)) : inBase(clause, value, 2);
    case 'o':
      return inBase(clause, value, 8);
    default:
      return hexadecimal(clause, value);
  }
}

function refuse(clause: Clause, value: Value): never {
  throw wrongType(clause, typeOf(value).name);
}

function inBase(clause: Clause, value: Value, base: number): string {
  if (typeof value === 'bigint') return value.toString(base);
  return value instanceof Uint ? value.value.toString(base) : refuse(clause, value);
}

function hexadecimal(clause: Clause, value: Value): string {
  const isBytes = typeof value === 'string' || value instanceof Uint8Array;
  const text = isBytes ? Buffer.from(value as string).toString('hex') : inBase(clause, value, 16);
  return clause.letter === 'X' ? text.toUpperCase() : text;
}

const SPECIAL: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity };

function doubleOf(clause: Clause, value: Value): number {
  if (typeof value === 'number') return value;
  const special = typeof value === 'string' && Object.hasOwn(SPECIAL, value) ? SPECIAL[value] : undefined;
  return special ?? refuse(clause, value);
}

function notFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? undefined : value > 0 ? '∞' : '-∞';
}

/** With a comma between thousands, as Americans write. */
function grouped(value: number, precision: number): string {
  const special = notFinite(value);
  if (special !== undefined) return special;
  const [whole = '', fraction] = value.toFixed(precision).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** With a power of ten, always six decimals; the server takes the precision for the least width. */
function scientific(value: number, width: number): string {
  const special = notFinite(value);
  if (special !== undefined) return special.padStart(width);
  const [mantissa = '', power = '0'] = value.toExponential(PRECISION).split('e');
  const size = String(Math.abs(Number(power))).padStart(2, '0');
  const exponent = `${Number(power) < 0 ? '-' : ''}${size}`;
  return `${mantissa}×10${[...exponent].map((digit) => SUPERSCRIPTS[digit]).join('')}`.padStart(width);
}

/** Any value as text; inside lists and maps texts are quoted. */
function plain(value: Value): string | undefined {
  if (value === null) return 'null';
  if (value instanceof CelList) return listText(value);
  if (value instanceof CelMap) return mapText(value);
  if (value instanceof TypeValue) return value.type.name;
  const text = toText(value);
  return text instanceof CelError ? undefined : String(text);
}

function listText(list: CelList): string {
  return `[${Array.from({ length: list.size }, (_, at) => inner(list.at(at))).join(', ')}]`;
}

function mapText(map: CelMap): string {
  const entries = map.keys().map((key) => [inner(key), inner(map.find(key) ?? null)] as const);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, value]) => `${key}:${value}`).join(', ')}}`;
}

function inner(value: Value): string {
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value.toFixed(PRECISION) : goQuote(String(value));
  if (value instanceof Uint8Array) return `b${goQuote(Buffer.from(value).toString())}`;
  if (value instanceof Timestamp) return `timestamp(${goQuote(String(toText(value)))})`;
  if (value instanceof Duration) return `duration(${goQuote(String(toText(value)))})`;
  const text = plain(value);
  if (text !== undefined) return text;
  throw new TextFormatError(`error during formatting: no formatting function for ${typeOf(value).name}`);
}
