/** What a pattern finds in a text. */

import { readPattern } from '../../api/go-pattern.js';
import { declared, member } from '../declare.js';
import type { Library } from '../environment.js';
import { ArrayList } from '../run/collections.js';
import { INT, listType, STRING } from '../types.js';
import { CelError, type Value } from '../values.js';

function find(text: string, pattern: string): Value {
  const read = readPattern(pattern);
  if (typeof read === 'string') return new CelError(`Illegal regex: ${read}`);
  const matcher = read.matcher(text);
  return matcher.find() ? (matcher.group() ?? '') : '';
}

function findAll(text: string, pattern: string, count = -1n): Value {
  const read = readPattern(pattern);
  if (typeof read === 'string') return new CelError(`Illegal regex: ${read}`);
  const found: string[] = [];
  const matcher = read.matcher(text);
  while ((count < 0n || found.length < count) && matcher.find()) found.push(matcher.group() ?? '');
  return new ArrayList(found);
}

/** The first match, or all. */
export const PATTERNS: Library = {
  find: declared(member('string_find_string', [STRING, STRING], STRING, find)),
  findAll: declared(
    member('string_find_all_string', [STRING, STRING], listType(STRING), findAll),
    member('string_find_all_string_int', [STRING, STRING, INT], listType(STRING), findAll),
  ),
};
