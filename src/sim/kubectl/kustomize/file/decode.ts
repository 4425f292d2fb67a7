import { goNumber } from '../../../api/go-number.js';
import { sortedEntries } from '../../../api/go-value.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../api/object.js';
import { setField } from '../../../api/set-field.js';
import { YamlError } from '../../../api/yaml/errors.js';
import { readYaml } from '../../../api/yaml/read.js';
import { KustomizeError } from '../error.js';
import { shapeOf } from './shapes.js';

/**
 * Reads YAML into a Go struct as encoding/json does: names in any case, nulls left out, the first mistake told when all
 * is read. With `strict`, a field the struct does not have is one. Throws KustomizeError.
 */
export function decodeYaml(text: string, type: string, strict: boolean): JsonObject {
  return decodeValue(yamlValue(text), type, strict);
}

/** The JSON a YAML text stands for. Throws KustomizeError. */
export function yamlValue(text: string): JsonValue {
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof YamlError) throw new KustomizeError(error.message);
    throw error;
  }
}

/** The same from a value. */
export function decodeValue(value: unknown, type: string, strict: boolean): JsonObject {
  const decoder = new Decoder(strict);
  if (value !== null && !isJsonObject(value)) {
    throw new KustomizeError(`json: cannot unmarshal ${goKind(value)} into Go value of type types.${type}`);
  }
  const decoded = decoder.struct(value ?? {}, type, '');
  if (decoder.mistake !== undefined) throw new KustomizeError(decoder.mistake);
  return decoded;
}

class Decoder {
  mistake: string | undefined;

  constructor(private readonly strict: boolean) {}

  struct(value: JsonObject, type: string, path: string): JsonObject {
    const shape = shapeOf(type);
    const decoded: JsonObject = {};
    for (const [key, item] of sortedEntries(value)) {
      const field = shape?.get(key) ?? [...(shape?.values() ?? [])].find(({ name }) => equalFold(name, key));
      if (field === undefined) {
        if (this.strict) this.mistake ??= `json: unknown field ${JSON.stringify(key)}`;
        continue;
      }
      if (item === null) continue;
      const found = this.value(item, field.type, type, path === '' ? field.path : `${path}.${field.path}`);
      if (found !== undefined) setField(decoded, field.name, found);
    }
    return decoded;
  }

  private value(value: unknown, type: string, struct: string, path: string): unknown {
    if (type.startsWith('[]')) {
      if (!Array.isArray(value)) return this.refuse(value, type, struct, path);
      return value.map((item) =>
        item === null ? zeroOf(type.slice(2)) : this.value(item, type.slice(2), struct, path),
      );
    }
    if (type === 'any') return value;
    if (type === '{}') return this.strings(value, struct, path);
    if (shapeOf(type) !== undefined) {
      return isJsonObject(value) ? this.struct(value, type, path) : this.refuse(value, type, struct, path);
    }
    const fits =
      type === 'b'
        ? typeof value === 'boolean'
        : type === 'i' || type === 'n'
          ? Number.isInteger(value)
          : typeof value === 'string';
    return fits ? value : this.refuse(value, type, struct, path);
  }

  private strings(value: unknown, struct: string, path: string): unknown {
    if (!isJsonObject(value)) return this.refuse(value, '{}', struct, path);
    const strings: JsonObject = {};
    for (const [key, item] of sortedEntries(value)) {
      if (typeof item === 'string' || item === null) setField(strings, key, item ?? '');
      else this.refuse(item, 's', struct, path);
    }
    return strings;
  }

  private refuse(value: unknown, type: string, struct: string, path: string): undefined {
    const shown =
      typeof value === 'number' && (type === 'i' || type === 'n') ? `number ${goNumber(value)}` : goKind(value);
    this.mistake ??= `json: cannot unmarshal ${shown} into Go struct field ${struct}.${path} of type ${goTypeName(type)}`;
    return undefined;
  }
}

function zeroOf(type: string): unknown {
  return shapeOf(type) === undefined ? '' : {};
}

function equalFold(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function goTypeName(type: string): string {
  if (type.startsWith('[]')) return `[]${goTypeName(type.slice(2))}`;
  if (type.startsWith('s=')) return `types.${type.slice(2)}`;
  const basic: Readonly<Record<string, string>> = {
    s: 'string',
    b: 'bool',
    i: 'int64',
    n: 'int',
    '{}': 'map[string]string',
  };
  return basic[type] ?? `types.${type}`;
}
