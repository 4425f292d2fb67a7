import type { JsonValue } from '../../api/object.js';
import { goFloat32 } from '../go-number.js';
import { goSyntax } from '../go-value.js';
import { noteSpelling } from '../number-spelling.js';
import { setField } from '../set-field.js';
import { decodeNode, type YamlValue } from './decode.js';
import { YamlError } from './errors.js';
import { parseFirstDocument } from './parser.js';

export interface ReadYamlOptions {
  /** A key set twice in one mapping is a mistake instead of the last one winning. */
  readonly strict?: boolean;
}

/**
 * Reads the first YAML document of a text as sigs.k8s.io/yaml does (YAML 1.1: `yes` is true, `0400` is 256) and
 * answers the JSON it stands for; an empty text is null. Whole numbers beyond 2^53 lose their last digits.
 * Throws YamlError with the library's words, for instance `yaml: line 2: did not find expected key`.
 */
export function readYaml(text: string, options: ReadYamlOptions = {}): JsonValue {
  const node = parseFirstDocument(text);
  return node === undefined ? null : toJson(decodeNode(node, options.strict ?? false));
}

function toJson(value: YamlValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new YamlError(unsupportedNumber(value));
  if (Array.isArray(value)) return value.map(toJson);
  if (!(value instanceof Map)) return value;
  const object: { [key: string]: JsonValue } = {};
  for (const [key, item] of value) {
    const name = keyText(key, item);
    setField(object, name, toJson(item));
    if (typeof item === 'bigint') noteSpelling(object, name, String(item));
  }
  return object;
}

function unsupportedNumber(value: number): string {
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return `json: unsupported value: ${name}`;
}

const FLOAT_KEYS: Readonly<Record<string, string>> = { '+Inf': '.inf', '-Inf': '-.inf', NaN: '.nan' };

function keyText(key: YamlValue, item: YamlValue): string {
  if (typeof key === 'string' || typeof key === 'boolean') return String(key);
  if (typeof key === 'number') {
    if (Number.isSafeInteger(key)) return String(key);
    const text = goFloat32(key);
    return FLOAT_KEYS[text] ?? text;
  }
  if (typeof key === 'bigint' && key < 2n ** 63n) return String(key);
  const type = typeof key === 'bigint' ? 'uint64' : '%!s(<nil>)';
  const shown = typeof key === 'bigint' ? `0x${key.toString(16)}` : '<nil>';
  throw new YamlError(`unsupported map key of type: ${type}, key: ${shown}, value: ${goSyntax(item)}`);
}
