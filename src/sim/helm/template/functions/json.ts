import { goFloat } from '../../../api/go-number.js';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction, LIST, MAP } from '../../../api/go-template/go-types.js';
import { type GoData, GoNil } from '../../../api/go-template/go-values.js';
import { sortedKeys } from '../../../api/go-template/sorted-keys.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { isJsonObject } from '../../../api/object.js';
import { JsonError, readJson } from '../../../api/yaml/json-reader.js';
import { jsonString } from '../../../api/yaml/json-writer.js';
import { plainData } from '../data/plain-data.js';

/** How a value is laid out. */
interface Layout {
  /** Of one level; undefined for all on one line. */
  readonly step?: string;
  /** `<`, `>` and `&` stand as they are. */
  readonly raw?: boolean;
}

/** Data as Go's encoding/json writes it: keys sorted, `<`, `>` and `&` escaped. Throws TemplateError. */
function jsonOf(data: GoData, layout: Layout = {}): string {
  return written(plainData(data), '', layout);
}

function written(value: unknown, margin: string, layout: Layout): string {
  if (typeof value === 'string') return layout.raw ? rawString(value) : jsonString(value);
  if (typeof value === 'number') return jsonNumber(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const deeper = margin + (layout.step ?? '');
  const list = Array.isArray(value);
  const parts = list
    ? value.map((item) => written(item, deeper, layout))
    : entriesOf(value).map(([key, item]) => {
        const shown = layout.raw ? rawString(key) : jsonString(key);
        return `${shown}:${layout.step === undefined ? '' : ' '}${written(item, deeper, layout)}`;
      });
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0 || layout.step === undefined) return open + parts.join(',') + close;
  return `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${margin}${close}`;
}

/** A map's entries by their keys, a struct's in their order. */
function entriesOf(value: object): (readonly [key: string, item: unknown])[] {
  if (value instanceof Map) return [...(value as Map<string, unknown>)];
  return sortedKeys(value).map((key) => [key, (value as { [key: string]: unknown })[key]]);
}

function rawString(text: string): string {
  return jsonString(text).replace(/\\u003c|\\u003e|\\u0026|\\\\/g, (found) => RAW[found] ?? found);
}

const RAW: Readonly<Record<string, string>> = { '\\u003c': '<', '\\u003e': '>', '\\u0026': '&' };

/** A float as JSON has it: with an exponent only where it is very large or very small. */
function jsonNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-6 || size >= 1e21)) return goFloat(value).replace(/e-0(\d)$/, 'e-$1');
  return Object.is(value, -0) ? '-0' : size >= 1e15 && Number.isInteger(value) ? String(BigInt(value)) : String(value);
}

function orEmpty(write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (error instanceof TemplateError) return '';
    throw error;
  }
}

function kindInWords(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function read(text: string): GoData {
  try {
    const value = readJson(text);
    refuseHuge(text);
    return value;
  } catch (error) {
    if (error instanceof JsonError) throw new TemplateError(error.message);
    throw error;
  }
}

/** Numbers that no float64 can be are refused. */
function refuseHuge(text: string): void {
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs)) {
    if (token.startsWith('"') || Number.isFinite(Number(token))) continue;
    throw new TemplateError(`json: cannot unmarshal number ${token} into Go value of type float64`);
  }
}

/** Helm's functions of JSON, which are Sprig's where those are no shorter. */
export const JSON_FUNCTIONS: FunctionTable = {
  fromJson: goFunction('(string) map[string]any', (text: string) => fromText(() => read(text))),
  fromJsonArray: goFunction('(string) []any', (text: string) => fromListText(() => read(text))),
  mustFromJson: goFunction('(string) any', (text: string) => read(text)),
  mustToJson: goFunction('(any) string', (data: GoData) => jsonOf(data)),
  mustToPrettyJson: goFunction('(any) string', (data: GoData) => jsonOf(data, { step: '  ' })),
  mustToRawJson: goFunction('(any) string', (data: GoData) => jsonOf(data, { raw: true })),
  toJson: goFunction('(any) string', (data: GoData) => orEmpty(() => jsonOf(data))),
  toPrettyJson: goFunction('(any) string', (data: GoData) => orEmpty(() => jsonOf(data, { step: '  ' }))),
  toRawJson: goFunction('(any) string', (data: GoData) => jsonOf(data, { raw: true })),
};

/** A map that was read, or one that says what was wrong; `before` goes before what JSON's decoder says. */
export function fromText(readText: () => GoData, before = ''): GoData {
  try {
    const value = readText();
    if (value === null) return new GoNil(MAP);
    if (isJsonObject(value)) return value;
    return {
      Error: `${before}json: cannot unmarshal ${kindInWords(value)} into Go value of type map[string]interface {}`,
    };
  } catch (error) {
    if (error instanceof TemplateError) return { Error: error.message };
    throw error;
  }
}

/** The same of a list. */
export function fromListText(readText: () => GoData, before = ''): GoData {
  try {
    const value = readText();
    if (value === null) return new GoNil(LIST);
    if (Array.isArray(value)) return value;
    const kind = isJsonObject(value) ? 'object' : kindInWords(value);
    return [`${before}json: cannot unmarshal ${kind} into Go value of type []interface {}`];
  } catch (error) {
    if (error instanceof TemplateError) return [error.message];
    throw error;
  }
}
