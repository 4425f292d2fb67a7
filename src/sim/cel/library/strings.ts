/** Functions of texts: cel-go's strings extension, version 2. Places are counted in characters. */

import { SHORT_ESCAPES } from '../../api/go-text.js';
import { declared, member, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { ArrayList } from '../run/collections.js';
import { valueText } from '../run/text.js';
import { INT, listType, STRING } from '../types.js';
import { CelError, type CelList, type Value } from '../values.js';

const TEXTS = listType(STRING);

function outOfRange(index: bigint): CelError {
  return new CelError(`index out of range: ${index}`);
}

function charAt(text: string, index: bigint): Value {
  const characters = [...text];
  if (index < 0n || index > characters.length) return outOfRange(index);
  return characters[Number(index)] ?? '';
}

function isAt(characters: readonly string[], part: readonly string[], place: number): boolean {
  return part.every((character, at) => characters[place + at] === character);
}

function indexOf(text: string, part: string, from = 0n): Value {
  if (part === '') return from;
  if (from < 0n) return outOfRange(from);
  const characters = [...text];
  const wanted = [...part];
  for (let at = Number(from); at <= characters.length - wanted.length; at += 1) {
    if (isAt(characters, wanted, at)) return BigInt(at);
  }
  return -1n;
}

function lastIndexOf(text: string, part: string, from?: bigint): Value {
  const characters = [...text];
  if (part === '') return from ?? BigInt(characters.length);
  const last = from ?? BigInt(characters.length - 1);
  if (from === undefined && text.length < part.length) return -1n;
  if (last < 0n) return outOfRange(last);
  if (last >= characters.length) return -1n;
  const wanted = [...part];
  for (let at = Math.min(Number(last), characters.length - wanted.length); at >= 0; at -= 1) {
    if (isAt(characters, wanted, at)) return BigInt(at);
  }
  return -1n;
}

/** Nothing stands before every character and at the end, so that replacing it puts something there. */
function replace(text: string, old: string, by: string, count = -1n): string {
  if (count === 0n || old === by) return text;
  const most = count < 0n ? Number.POSITIVE_INFINITY : Number(count);
  const pieces = old === '' ? ['', ...text] : text.split(old);
  const gaps = old === '' ? pieces.length : pieces.length - 1;
  let result = '';
  for (let at = 0; at < pieces.length; at += 1) {
    result += pieces[at] ?? '';
    if (at < gaps) result += at < most ? by : old;
  }
  return result;
}

function split(text: string, separator: string, count = -1n): Value {
  if (count === 0n) return new ArrayList([]);
  const parts = separator === '' ? [...text] : text.split(separator);
  if (count < 0n || parts.length <= count) return new ArrayList(parts);
  const kept = parts.slice(0, Number(count) - 1);
  return new ArrayList([...kept, parts.slice(kept.length).join(separator)]);
}

function substring(text: string, start: bigint, end?: bigint): Value {
  const characters = [...text];
  const length = BigInt(characters.length);
  const stop = end ?? length;
  if (end !== undefined && start > end) {
    return new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  }
  if (start < 0n || start > length) return outOfRange(start);
  if (stop < 0n || stop > length) return outOfRange(stop);
  return characters.slice(Number(start), Number(stop)).join('');
}

function join(list: CelList, separator = ''): Value {
  const parts: string[] = [];
  for (let at = 0; at < list.size; at += 1) {
    const part = list.at(at);
    if (typeof part !== 'string') return new CelError(`join: invalid input: ${valueText(part)}`);
    parts.push(part);
  }
  return parts.join(separator);
}

function quote(text: string): string {
  let quoted = '';
  for (const character of text) quoted += SHORT_ESCAPES[character] ?? character;
  return `"${quoted}"`;
}

/** Texts in pieces, in order and in other letters. */
export const STRINGS: Library = {
  charAt: declared(member('string_char_at_int', [STRING, INT], STRING, charAt)),
  indexOf: declared(
    member('string_index_of_string', [STRING, STRING], INT, indexOf),
    member('string_index_of_string_int', [STRING, STRING, INT], INT, indexOf),
  ),
  join: declared(member('list_join', [TEXTS], STRING, join), member('list_join_string', [TEXTS, STRING], STRING, join)),
  lastIndexOf: declared(
    member('string_last_index_of_string', [STRING, STRING], INT, lastIndexOf),
    member('string_last_index_of_string_int', [STRING, STRING, INT], INT, lastIndexOf),
  ),
  lowerAscii: declared(
    member('string_lower_ascii', [STRING], STRING, (text: string) =>
      text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
    ),
  ),
  replace: declared(
    member('string_replace_string_string', [STRING, STRING, STRING], STRING, replace),
    member('string_replace_string_string_int', [STRING, STRING, STRING, INT], STRING, replace),
  ),
  split: declared(
    member('string_split_string', [STRING, STRING], TEXTS, split),
    member('string_split_string_int', [STRING, STRING, INT], TEXTS, split),
  ),
  'strings.quote': declared(overload('strings_quote', [STRING], STRING, quote)),
  substring: declared(
    member('string_substring_int', [STRING, INT], STRING, substring),
    member('string_substring_int_int', [STRING, INT, INT], STRING, substring),
  ),
  trim: declared(
    // What Go's unicode.IsSpace takes for a space.
    member('string_trim', [STRING], STRING, (text: string) =>
      text
        .replace(/^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/, '')
        .replace(/[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/, ''),
    ),
  ),
  upperAscii: declared(
    member('string_upper_ascii', [STRING], STRING, (text: string) =>
      text.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
    ),
  ),
};
