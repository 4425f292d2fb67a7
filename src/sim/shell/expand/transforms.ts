import { CommandFailure } from '../state/failures.js';
import type { Variable } from '../state/variable.js';
import type { Pattern, PatternOptions } from './pattern.js';
import { readPattern } from './pattern.js';
import { doubleQuote, readAnsiEscapes, singleQuote } from './quoting.js';

/** `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`. */
export function removeMatch(value: string, operator: string, source: string, options: PatternOptions): string {
  const pattern = readPattern(source, options);
  const { literal } = pattern;
  const front = operator.startsWith('#');
  if (literal !== undefined) {
    if (front) return value.startsWith(literal) ? value.slice(literal.length) : value;
    return literal !== '' && value.endsWith(literal) ? value.slice(0, -literal.length) : value;
  }
  const longest = operator.length === 2;
  for (let step = 0; step <= value.length; step += 1) {
    const length = longest ? value.length - step : step;
    const part = front ? value.slice(0, length) : value.slice(value.length - length);
    if (pattern.matches(part)) return front ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

/** `${x/p/r}` and its kin. The replacement has `&` for what matched; `\&` is a plain one. */
export function replaceMatch(
  value: string,
  operator: string,
  source: string,
  replacement: string,
  options: PatternOptions,
): string {
  if (source === '' && operator !== '/#' && operator !== '/%') return value;
  const pattern = readPattern(source, options);
  const fill = (match: string) => replacement.replace(/\\([\\&])|&/g, (_all, escaped) => escaped ?? match);
  if (pattern.regex === undefined) return replaceSlowly(value, operator, pattern, fill);
  const flags = `su${options.ignoreCase ? 'i' : ''}`;
  if (operator === '/#') return value.replace(new RegExp(`^(?:${pattern.regex})`, flags), fill);
  if (operator === '/%') {
    const rest = removeMatch(value, '%%', source, options);
    if (rest.length === value.length && !pattern.matches('')) return value;
    return rest + fill(value.slice(rest.length));
  }
  if (operator === '/') return value.replace(new RegExp(pattern.regex, flags), fill);
  return value.replace(new RegExp(pattern.regex, `${flags}g`), (match) =>
    match === '' && value !== '' ? '' : fill(match),
  );
}

function replaceSlowly(value: string, operator: string, pattern: Pattern, fill: (match: string) => string): string {
  let result = '';
  let at = 0;
  while (at <= value.length) {
    let end = value.length;
    while (end > at && !pattern.matches(value.slice(at, end))) end -= 1;
    const found = end > at && (operator !== '/%' || end === value.length);
    if (found) {
      result += fill(value.slice(at, end));
      at = end;
      if (operator !== '//') break;
    } else {
      if (operator === '/#') break;
      result += value[at] ?? '';
      at += 1;
    }
  }
  return result + value.slice(at);
}

/** `${x^p}`, `${x^^p}`, `${x,p}`, `${x,,p}`. */
export function changeCase(
  value: string,
  operator: string,
  source: string | undefined,
  options: PatternOptions,
): string {
  const pattern = source === undefined || source === '' ? undefined : readPattern(source, options);
  const all = operator.length === 2;
  const change = operator.startsWith('^') ? (char: string) => char.toUpperCase() : (char: string) => char.toLowerCase();
  return [...value]
    .map((char, index) => ((all || index === 0) && (!pattern || pattern.matches(char)) ? change(char) : char))
    .join('');
}

/** `${x:offset:length}` of a text, in characters. */
export function sliceText(value: string, offset: number, length: number | undefined, lengthSource: string): string {
  const characters = /[\ud800-\udfff]/.test(value) ? [...value] : undefined;
  const size = characters?.length ?? value.length;
  const from = offset < 0 ? size + offset : offset;
  if (from < 0 || from > size) return '';
  let to = length === undefined ? size : length < 0 ? size + length : Math.min(from + length, size);
  if (to < from) {
    if (length !== undefined && length < 0)
      throw new CommandFailure(`${lengthSource}: substring expression < 0`, 1, 'line');
    to = from;
  }
  return characters ? characters.slice(from, to).join('') : value.slice(from, to);
}

/** `${x@operator}` of one value. */
export function transformValue(operator: string, value: string, name: string, variable: Variable | undefined): string {
  switch (operator) {
    case 'Q':
      return singleQuote(value);
    case 'E':
      return readAnsiEscapes(value);
    case 'U':
      return value.toUpperCase();
    case 'u':
      return changeCase(value, '^', undefined, { extglob: false, ignoreCase: false });
    case 'L':
      return value.toLowerCase();
    case 'K':
    case 'k':
      return singleQuote(value);
    case 'a':
      return variable ? variable.letters().replace('-', '') : '';
    case 'A':
      return assignmentText(name, value, variable);
    default:
      return value;
  }
}

function assignmentText(name: string, value: string, variable: Variable | undefined): string {
  const letters = variable?.letters() ?? '-';
  return letters === '-' ? `${name}=${singleQuote(value)}` : `declare -${letters} ${name}=${singleQuote(value)}`;
}

/** A variable's value as `declare -p` writes it after the name, or undefined when it has none. */
export function valueText(variable: Variable): string | undefined {
  const { associative } = variable;
  if (associative) {
    const pairs = associative
      .keys()
      .map(
        (key) =>
          `[${/^[\w.,:/+@%-]+$/.test(key) ? key : doubleQuote(key)}]=${doubleQuote(associative.get(key) as string)}`,
      );
    return `(${pairs.map((pair) => `${pair} `).join('')})`;
  }
  const { indexed } = variable;
  if (indexed)
    return `(${indexed
      .keys()
      .map((index) => `[${index}]=${doubleQuote(indexed.get(index) as string)}`)
      .join(' ')})`;
  const value = variable.read();
  return value === undefined ? undefined : doubleQuote(value);
}
