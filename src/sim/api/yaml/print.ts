import { goFloat, goNumber, isGoInteger } from '../go-number.js';
import { FORBIDDEN } from './chars.js';
import { type Emittable, emitYaml } from './emitter.js';
import { YamlError } from './errors.js';
import { jsonString } from './json-writer.js';
import { parseFirstDocument } from './parser.js';

/**
 * A value as `kubectl -o yaml` prints it: keys in the library's order, strings in the plainest style that reads
 * back. Fields that are undefined do not exist. With `indentsLists`, lists stand two spaces in under their key. Throws YamlError for text YAML cannot carry (a DEL character).
 */
export function printYaml(value: unknown, options: { readonly indentsLists?: boolean } = {}): string {
  return emitYaml(toEmittable(value), options.indentsLists);
}

/** Several objects as one stream, as kubectl prints them one after another. */
export function printYamlDocuments(values: readonly unknown[]): string {
  return values.map((value) => printYaml(value)).join('---\n');
}

function toEmittable(value: unknown): Emittable {
  if (value === null || value === undefined) return { word: 'null' };
  if (typeof value === 'string') return throughJson(value);
  if (typeof value === 'number') return { word: isGoInteger(value) ? goNumber(value) : goFloat(value) };
  if (Array.isArray(value)) return value.map(toEmittable);
  if (typeof value !== 'object') return { word: String(value) };
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return { entries: fields.map(([key, item]) => [throughJson(key), toEmittable(item)] as const) };
}

/** Characters that do not survive kubectl's way of printing YAML: it writes JSON and reads that as YAML first. */
const FRAGILE = /[\u0085\ud800-\udfff]/;

function throughJson(text: string): string {
  if (FORBIDDEN.test(text)) return readBack(text);
  return FRAGILE.test(text) ? readBack(text) : text;
}

function readBack(text: string): string {
  const node = parseFirstDocument(jsonString(text));
  if (node?.kind !== 'scalar') throw new YamlError('yaml: unknown problem parsing YAML content');
  return node.value;
}
