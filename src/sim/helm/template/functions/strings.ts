import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goQuoteBytes, printData } from '../../../api/go-template/format-value.js';
import { byteLength, bytesOf, sliceBytes, textOf } from '../../../api/go-template/go-bytes.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { GoData } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { sliceBounds, spaced } from '../data/runtime-errors.js';
import { textOfData, textsOf } from '../text/text-of.js';
import { initialsOf, lowerCaseWords, pascalCase, smallInitials, swapCase, titleCase } from '../text/word-case.js';
import { abbreviate, wrapText } from '../text/wrapping.js';

const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');
const ANYWHERE = new RegExp(SPACE, 'g');

/** Sprig's functions of texts. Lengths count bytes, as Go's do. */
export const STRING_FUNCTIONS: FunctionTable = {
  abbrev: goFunction('(int, string) string', (width: number, text: string) =>
    width < 4 ? text : abbreviate(text, 0, width),
  ),
  abbrevboth: goFunction('(int, int, string) string', (left: number, right: number, text: string) =>
    right < 4 || (left > 0 && right < 7) ? text : abbreviate(text, left, right),
  ),
  camelcase: goFunction('(string) string', pascalCase),
  cat: goFunction('(...any) string', (...parts: GoData[]) => spaced(parts.filter((part) => part !== null))),
  contains: goFunction('(string, string) bool', (part: string, text: string) => text.includes(part)),
  hasPrefix: goFunction('(string, string) bool', (part: string, text: string) => text.startsWith(part)),
  hasSuffix: goFunction('(string, string) bool', (part: string, text: string) => text.endsWith(part)),
  hello: goFunction('() string', () => 'Hello!'),
  indent: goFunction('(int, string) string', indent),
  initials: goFunction('(string) string', initialsOf),
  join: goFunction('(string, any) string', (separator: string, list: GoData) => textsOf(list).join(separator)),
  kebabcase: goFunction('(string) string', (text: string) => lowerCaseWords(text, '-')),
  lower: goFunction('(string) string', lower),
  nindent: goFunction('(int, string) string', (count: number, text: string) => `\n${indent(count, text)}`),
  nospace: goFunction('(string) string', (text: string) => text.replace(ANYWHERE, '')),
  plural: goFunction('(string, string, int) string', (one: string, many: string, count: number) =>
    count === 1 ? one : many,
  ),
  quote: goFunction('(...any) string', (...parts: GoData[]) => quoted(parts, (part) => goQuoteBytes(textOfData(part)))),
  repeat: goFunction('(int, string) string', (count: number, text: string) => {
    if (count < 0) throw new TemplateError('strings: negative Repeat count');
    return repeated(text, count);
  }),
  replace: goFunction('(string, string, string) string', replaceAll),
  snakecase: goFunction('(string) string', (text: string) => lowerCaseWords(text, '_')),
  split: goFunction('(string, string) map[string]string', (separator: string, text: string) =>
    numbered(splitText(text, separator)),
  ),
  splitList: goFunction('(string, string) []string', (separator: string, text: string) => splitText(text, separator)),
  splitn: goFunction('(string, int, string) map[string]string', (separator: string, count: number, text: string) =>
    numbered(splitText(text, separator, count)),
  ),
  squote: goFunction('(...any) string', (...parts: GoData[]) => quoted(parts, (part) => `'${printData(part)}'`)),
  substr: goFunction('(int, int, string) string', substring),
  swapcase: goFunction('(string) string', swapCase),
  title: goFunction('(string) string', titleCase),
  toString: goFunction('(any) string', (data: GoData) => textOfData(data)),
  toStrings: goFunction('(any) []string', (data: GoData) => textsOf(data)),
  trim: goFunction('(string) string', (text: string) => text.replace(AROUND, '')),
  trimAll: goFunction('(string, string) string', trimAll),
  trimPrefix: goFunction('(string, string) string', (part: string, text: string) =>
    text.startsWith(part) ? text.slice(part.length) : text,
  ),
  trimSuffix: goFunction('(string, string) string', (part: string, text: string) =>
    part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text,
  ),
  trimall: goFunction('(string, string) string', trimAll),
  trunc: goFunction('(int, string) string', truncate),
  untitle: goFunction('(string) string', smallInitials),
  upper: goFunction('(string) string', upper),
  wrap: goFunction('(int, string) string', (width: number, text: string) => wrapText(text, width, '\n', false)),
  wrapWith: goFunction('(int, string, string) string', (width: number, separator: string, text: string) =>
    wrapText(text, width, separator === '' ? '\n' : separator, true),
  ),
};

const LENGTH_MAX = 50_000_000;

function repeated(text: string, count: number): string {
  if (text.length * count > LENGTH_MAX) throw new TemplateError('strings: Repeat output length overflow');
  return text.repeat(count);
}

function indent(count: number, text: string): string {
  if (count < 0) throw new TemplateError('strings: negative Repeat count');
  const pad = repeated(' ', count);
  return pad + text.replaceAll('\n', `\n${pad}`);
}

/** One character at a time, without the languages' special cases that make two of one. */
function upper(text: string): string {
  return [...text].map((char) => single(char, char.toUpperCase())).join('');
}

function lower(text: string): string {
  return [...text].map((char) => single(char, char.toLowerCase())).join('');
}

function single(char: string, changed: string): string {
  return [...changed].length === 1 ? changed : char === 'İ' ? 'i' : char;
}

function quoted(parts: readonly GoData[], show: (part: GoData) => string): string {
  return parts
    .filter((part) => part !== null)
    .map(show)
    .join(' ');
}

function replaceAll(old: string, fresh: string, text: string): string {
  if (old !== '') return text.split(old).join(fresh);
  return fresh + [...text].map((char) => char + fresh).join('');
}

/** Go's strings.SplitN; a negative count means no limit. */
function splitText(text: string, separator: string, count = -1): string[] {
  if (count === 0) return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  if (count < 0 || parts.length <= count) return parts;
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}

function numbered(parts: readonly string[]): { [key: string]: string } {
  return Object.fromEntries(parts.map((part, i) => [`_${i}`, part]));
}

function trimAll(cutset: string, text: string): string {
  const chars = new Set(cutset);
  const all = [...text];
  let from = 0;
  let to = all.length;
  while (from < to && chars.has(all[from] as string)) from++;
  while (to > from && chars.has(all[to - 1] as string)) to--;
  return all.slice(from, to).join('');
}

function truncate(count: number, text: string): string {
  const length = byteLength(text);
  if (count < 0 && length + count > 0) return sliceBytes(text, length + count);
  return count >= 0 && length > count ? sliceBytes(text, 0, count) : text;
}

function substring(start: number, end: number, text: string): string {
  const bytes = bytesOf(text);
  const [from, to] = start < 0 ? [0, end] : [start, end < 0 || end > bytes.length ? bytes.length : end];
  if (to < 0 || to > bytes.length || from > to) throw sliceBounds(from, to, bytes.length);
  return textOf(bytes.subarray(from, to));
}
