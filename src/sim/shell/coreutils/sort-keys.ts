import type { Context } from './command.js';
import { UsageError } from './options.js';
import {
  compareGeneral,
  compareHuman,
  compareMonth,
  compareNumeric,
  compareText,
  compareVersions,
} from './sort-compare.js';

/** A place in a line: field and character, from 1; character 0 in an end means the field's last. */
interface Place {
  readonly field: number;
  readonly char: number;
  readonly skipBlanks: boolean;
}

/** One sort key: where it lies and how it is ordered. `flags` empty: the program's own options count. */
export interface SortKey {
  readonly start: Place;
  readonly end: Place | undefined;
  readonly flags: ReadonlySet<string>;
}

const ORDERING = 'bdfgiMhnRrV';
const KINDS = 'gMhnRV';

/** Reads `-k POS1[,POS2]`. Throws UsageError in sort's words. */
export function parseKey(text: string, context: Context): SortKey {
  const fail = (why: string): never => {
    throw new UsageError(why, { hint: false, status: 2 });
  };
  const place = /^(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)/;
  const first = place.exec(text);
  if (!first) return fail(`invalid number at field start: invalid count at start of ${context.quote(text)}`);
  const rest = text.slice(first[0].length);
  if (Number(first[1]) === 0) fail(`field number is zero: invalid field specification ${context.quote(text)}`);
  if (first[2] !== undefined && Number(first[2]) === 0)
    fail(`character offset is zero: invalid field specification ${context.quote(text)}`);
  const second = rest.startsWith(',') ? place.exec(rest.slice(1)) : undefined;
  if (rest.startsWith(',') && !second)
    fail(`invalid number after ${context.quote(',')}: invalid count at start of ${context.quote(rest.slice(1))}`);
  const used = first[0].length + (second ? 1 + second[0].length : 0);
  if (used < text.length) fail(`stray character in field spec: invalid field specification ${context.quote(text)}`);
  const flags = new Set([...(first[3] ?? ''), ...(second?.[3] ?? '')].filter((flag) => flag !== 'b'));
  const blanks = (match: RegExpExecArray) => (match[3] ?? '').includes('b');
  if (blanks(first) || (second && blanks(second))) flags.add('b');
  return {
    start: { field: Number(first[1]), char: Number(first[2] ?? 1), skipBlanks: blanks(first) },
    end: second ? { field: Number(second[1]), char: Number(second[2] ?? 0), skipBlanks: blanks(second) } : undefined,
    flags,
  };
}

/** The ordering letters among the program's own options. */
export function globalFlags(context: Context): Set<string> {
  return new Set([...ORDERING].filter((letter) => context.has(LONG_NAMES[letter] as string)));
}

/** Each ordering letter's option. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  b: 'ignore-leading-blanks',
  d: 'dictionary-order',
  f: 'ignore-case',
  g: 'general-numeric-sort',
  i: 'ignore-nonprinting',
  M: 'month-sort',
  h: 'human-numeric-sort',
  n: 'numeric-sort',
  R: 'random-sort',
  r: 'reverse',
  V: 'version-sort',
};

/** Two ways of ordering that exclude each other end the program. */
export function checkCompatible(flags: ReadonlySet<string>): void {
  const kinds = [...KINDS].filter((kind) => flags.has(kind));
  if (kinds.length > 1 || (kinds.some((kind) => 'gMhn'.includes(kind)) && (flags.has('d') || flags.has('i')))) {
    const letters = [...'dfgiMhnRV'].filter((letter) => letter !== 'f' && flags.has(letter)).join('');
    throw new UsageError(`options '-${letters}' are incompatible`, { hint: false, status: 2 });
  }
}

/** The part of a line a key covers. */
export function keyText(line: string, key: SortKey, separator: string | undefined, skipAll: boolean): string {
  const fields = fieldBounds(line, separator);
  const from = startOffset(line, fields, key.start, skipAll || key.start.skipBlanks);
  if (!key.end) return line.slice(from);
  return line.slice(from, Math.max(from, endOffset(line, fields, key.end, skipAll || key.end.skipBlanks)));
}

/** Compares two keys' texts by one ordering; `hash` gives random order. */
export function compareBy(
  flags: ReadonlySet<string>,
  hash: (text: string) => number,
): (left: string, right: string) => number {
  if (flags.has('n')) return compareNumeric;
  if (flags.has('h')) return compareHuman;
  if (flags.has('g')) return compareGeneral;
  if (flags.has('M')) return compareMonth;
  const prepare = preparer(flags);
  if (flags.has('R'))
    return (left, right) => hash(prepare(left)) - hash(prepare(right)) || compareText(prepare(left), prepare(right));
  const compare = flags.has('V') ? compareVersions : compareText;
  return (left, right) => compare(prepare(left), prepare(right));
}

function preparer(flags: ReadonlySet<string>): (text: string) => string {
  const dictionary = flags.has('d');
  const printing = flags.has('i');
  const fold = flags.has('f');
  if (!dictionary && !printing && !fold) return (text) => text;
  return (text) => {
    let result = text;
    if (dictionary) result = result.replace(/[^A-Za-z0-9 \t]/g, '');
    if (printing) result = result.replace(/[^\x20-\x7e]/g, '');
    return fold ? result.replace(/[a-z]+/g, (word) => word.toUpperCase()) : result;
  };
}

function fieldBounds(line: string, separator: string | undefined): [number, number][] {
  const bounds: [number, number][] = [];
  if (separator !== undefined) {
    let at = 0;
    for (;;) {
      const next = line.indexOf(separator, at);
      bounds.push([at, next < 0 ? line.length : next]);
      if (next < 0) return bounds;
      at = next + separator.length;
    }
  }
  for (const match of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g))
    bounds.push([match.index, match.index + match[0].length]);
  return bounds;
}

function skipBlanks(line: string, from: number, to: number): number {
  let at = from;
  while (at < to && (line[at] === ' ' || line[at] === '\t')) at += 1;
  return at;
}

function startOffset(line: string, fields: readonly [number, number][], place: Place, skip: boolean): number {
  const bounds = fields[place.field - 1];
  if (!bounds) return line.length;
  const from = skip ? skipBlanks(line, bounds[0], line.length) : bounds[0];
  return Math.min(line.length, from + place.char - 1);
}

function endOffset(line: string, fields: readonly [number, number][], place: Place, skip: boolean): number {
  const bounds = fields[place.field - 1];
  if (!bounds) return line.length;
  if (place.char === 0) return bounds[1];
  const from = skip ? skipBlanks(line, bounds[0], line.length) : bounds[0];
  return Math.min(line.length, from + place.char);
}
