import { goQuote } from '../go-text.js';
import { type Format, PLAIN, pad } from './format.js';
import { formatFloat } from './format-float.js';
import { formatInteger } from './format-integer.js';
import { formatSyntax } from './format-syntax.js';
import { bytesOf, textOf } from './go-bytes.js';
import type { GoType } from './go-types.js';
import {
  type GoData,
  GoInteger,
  GoNamedText,
  GoNil,
  GoStruct,
  isGoMap,
  itemsOf,
  type MaybeValue,
  typeOfData,
} from './go-values.js';
import { sortedKeys } from './sorted-keys.js';

/** Data as Go's `%v` prints it. */
export function printData(data: GoData): string {
  return typeof data === 'string' ? data : formatData(data, PLAIN);
}

/** A value as an action writes it. */
export function printValue(value: MaybeValue): string {
  if (value === undefined) return '<no value>';
  const { data } = value;
  if (data instanceof GoStruct) {
    const { addressText } = data.type;
    if (addressText !== undefined && !value.boxed) return addressText(data as never);
    const inner = data.type.kind === 'ptr' && data.type.text === undefined;
    if (inner) return printFields(data, PLAIN);
  }
  if (data instanceof GoNil && data.type.kind === 'ptr') return '<nil>';
  return printData(data);
}

/** Data by one directive of Printf, its complaints included. */
export function formatData(data: GoData, format: Format, depth = 0): string {
  if (data === null || data === undefined) return formatNil(format, depth);
  const type = typeOfData(data) as GoType;
  if (format.verb === 'T') return pad(type.name, format);
  if (format.verb === 'v' && format.sharpV) return formatSyntax(data);
  if (type.text !== undefined && 'vsxXq'.includes(format.verb)) {
    return formatText(type.text(data as never), type, data, format);
  }
  return formatKind(data, type, format, depth);
}

function formatNil(format: Format, depth: number): string {
  if (format.verb === 'T' || format.verb === 'v') return depth > 0 ? '<nil>' : pad('<nil>', format);
  return depth > 0 ? '<nil>' : `%!${format.verb}(<nil>)`;
}

function formatKind(data: GoData, type: GoType, format: Format, depth: number): string {
  if (typeof data === 'string') return formatText(data, type, data, format);
  if (data instanceof GoNamedText) return formatText(data.value, type, data, format);
  if (typeof data === 'number') return formatFloat(data, format) ?? badVerb(data, type, format);
  if (data instanceof GoInteger) return formatInteger(data.value, type.kind, format) ?? badVerb(data, type, format);
  if (typeof data === 'boolean') {
    return 'tv'.includes(format.verb) ? pad(String(data), format) : badVerb(data, type, format);
  }
  if (data instanceof Uint8Array && 'sqxX'.includes(format.verb)) return formatText(textOf(data), type, data, format);
  if (data instanceof GoStruct) {
    // Inside something else a pointer is where it points to, which is no fact here.
    if (type.kind === 'ptr' && depth > 0) return '0xc000134000';
    return `${type.kind === 'ptr' ? '&' : ''}${printFields(data, format, depth)}`;
  }
  if (isGoMap(data)) return formatMap(data, format, depth);
  if (data instanceof GoNil) return formatNothing(type, format, depth);
  return `[${itemsOf(data)
    .map((item) => formatData(item, format, depth + 1))
    .join(' ')}]`;
}

function formatNothing(type: GoType, format: Format, depth: number): string {
  if (type.kind === 'map') return 'map[]';
  if (type.kind === 'slice') return type.elem?.kind === 'uint8' && format.verb === 's' ? pad('', format) : '[]';
  return formatNil(format, depth);
}

function formatMap(data: { [key: string]: GoData }, format: Format, depth: number): string {
  const entries = sortedKeys(data).map(
    (key) => `${formatData(key, format, depth + 1)}:${formatData(data[key], format, depth + 1)}`,
  );
  return `map[${entries.join(' ')}]`;
}

/** A struct as `{…}`. */
function printFields(data: GoStruct, format: Format, depth = 0): string {
  const parts = Object.entries(data.fields).map(([name, item]) => {
    const shown = formatData(item, format, depth + 1);
    return format.plusV ? `${name}:${shown}` : shown;
  });
  return `{${parts.join(' ')}}`;
}

function formatText(text: string, type: GoType, data: GoData, format: Format): string {
  switch (format.verb) {
    case 's':
    case 'v':
      return pad(cut(text, format), format);
    case 'q':
      return pad(quoted(cut(text, format), format), format);
    case 'x':
    case 'X':
      return pad(hexOf(text, format), format);
    default:
      return badVerb(data, type, format);
  }
}

function cut(text: string, format: Format): string {
  return format.precision === undefined ? text : [...text].slice(0, format.precision).join('');
}

function quoted(text: string, format: Format): string {
  if (format.sharp && !/[`\x00-\x08\x0a-\x1f\x7f\ufeff\ud800-\udfff]/.test(text)) return `\`${text}\``;
  const plain = goQuoteBytes(text);
  if (!format.plus) return plain;
  return plain.replace(/[\u0080-\u{10ffff}]/gu, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** `%q` of a text that may hold bytes that are no UTF-8. */
export function goQuoteBytes(text: string): string {
  if (text.isWellFormed()) return goQuote(text);
  const parts = text.split(/([\udc80-\udcff])/);
  const shown = parts.map((part) =>
    /^[\udc80-\udcff]$/.test(part) ? `\\x${(part.charCodeAt(0) - 0xdc00).toString(16)}` : goQuote(part).slice(1, -1),
  );
  return `"${shown.join('')}"`;
}

function hexOf(text: string, format: Format): string {
  const bytes = bytesOf(text).subarray(0, format.precision ?? undefined);
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const prefix = format.sharp && pairs.length > 0 ? '0x' : '';
  const shown = format.space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('');
  return format.verb === 'x' ? shown : shown.toUpperCase();
}

/** A verb that does not fit is shown with the value as `%v` would print it under the same flags. */
function badVerb(data: GoData, type: GoType, format: Format): string {
  return `%!${format.verb}(${type.name}=${formatKind(data, type, { ...format, verb: 'v', sharp: false }, 0)})`;
}
