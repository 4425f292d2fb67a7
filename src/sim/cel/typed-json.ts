/**
 * JSON of which a structural schema is known as values: dates become timestamps, sets compare as sets, and what the
 * schema does not tell of stays unseen (k8s.io/apiserver/pkg/cel/common's UnstructuredToVal).
 */
import { parseLongDuration } from '../api/long-duration.js';
import { deepEqual } from '../api/object.js';
import { escapeField, unescapeField } from './escape.js';
import { toJson } from './json-values.js';
import { isEqualList } from './run/equality.js';
import { NO_OVERLOAD } from './run/mistakes.js';
import { readDuration, readTimestamp } from './run/times.js';
import { type Schema, withObjectMeta } from './schema-declaration.js';
import { CelError, CelList, CelMap, Duration, Timestamp, type Value } from './values.js';

/** JSON of a schema as a value. */
export function fromTypedJson(json: unknown, schema: Schema): Value {
  if (json === null || json === undefined) {
    return schema.nullable ? null : new CelError('invalid data, got null for schema with nullable=false');
  }
  if (schema['x-kubernetes-int-or-string']) return intOrString(json);
  switch (schema.type) {
    case 'object':
      return fromObject(json, schema);
    case 'array':
      return fromArray(json, schema);
    case 'string':
      return typeof json === 'string' ? fromText(json, schema.format) : unexpected('string', json);
    case 'number':
      return typeof json === 'number' || typeof json === 'bigint' ? Number(json) : unexpected('float', json);
    case 'integer':
      return fromInteger(json);
    case 'boolean':
      return typeof json === 'boolean' ? json : unexpected('bool', json);
    default:
      if (schema['x-kubernetes-preserve-unknown-fields']) return new Unknown(json);
      return new CelError(
        'invalid type, expected object, array, number, integer, boolean or string, or no type with ' +
          'x-kubernetes-int-or-string or x-kubernetes-preserve-unknown-fields is true, got ',
      );
  }
}

function unexpected(wanted: string, json: unknown): CelError {
  const names: Readonly<Record<string, string>> = { string: 'string', boolean: 'bool', bigint: 'int64' };
  const number = Number.isInteger(json) ? 'int64' : 'float64';
  const other = Array.isArray(json) ? '[]interface {}' : 'map[string]interface {}';
  const got = typeof json === 'number' ? number : (names[typeof json] ?? other);
  return new CelError(`invalid data, expected ${wanted}, got ${got}`);
}

function intOrString(json: unknown): Value {
  if (typeof json === 'string' || typeof json === 'bigint') return json;
  if (Number.isInteger(json)) return BigInt(json as number);
  return new CelError('invalid data, expected XIntOrString value to be either a string or integer');
}

function fromInteger(json: unknown): Value {
  if (typeof json === 'bigint') return json;
  return Number.isInteger(json) ? BigInt(json as number) : unexpected('int', json);
}

function fromText(text: string, format: string | undefined): Value {
  switch (format) {
    case 'duration': {
      const nanos = readDuration(text) ?? parseLongDuration(text);
      return nanos === undefined
        ? new CelError(`Invalid duration ${text}: unable to parse ${text} as duration`)
        : new Duration(nanos);
    }
    case 'date': {
      const nanos = /^\d{4}-\d\d-\d\d$/.test(text) ? readTimestamp(`${text}T00:00:00Z`) : undefined;
      return nanos === undefined ? new CelError(`Invalid date formatted string ${text}`) : new Timestamp(nanos);
    }
    case 'date-time': {
      const nanos = readTimestamp(text.replace('t', 'T').replace('z', 'Z'));
      return nanos === undefined ? new CelError(`Invalid date-time formatted string ${text}`) : new Timestamp(nanos);
    }
    case 'byte':
      return new Uint8Array(Buffer.from(text, 'base64'));
    default:
      return text;
  }
}

function fromObject(json: unknown, schema: Schema): Value {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return new CelError('invalid data, expected a map for the provided schema with type=object');
  }
  const known = schema['x-kubernetes-embedded-resource'] ? withObjectMeta(schema) : schema;
  return new TypedMap(json as Record<string, unknown>, known);
}

function fromArray(json: unknown, schema: Schema): Value {
  if (!Array.isArray(json))
    return new CelError('invalid data, expected an array for the provided schema with type=array');
  if (!schema.items) return new CelError('invalid array type, expected Items with a non-empty Schema');
  switch (schema['x-kubernetes-list-type']) {
    case 'map':
      return new TypedMapList(json, schema.items, schema['x-kubernetes-list-map-keys'] ?? []);
    case 'set':
      return new TypedSet(json, schema.items);
    default:
      return new TypedList(json, schema.items);
  }
}

/** What a schema keeps without telling of it: it can only be compared. */
class Unknown extends CelMap {
  constructor(readonly json: unknown) {
    super();
  }

  get size(): number {
    return 0;
  }

  find(): undefined {
    return undefined;
  }

  keys(): readonly Value[] {
    return [];
  }

  override equals(other: CelMap): boolean {
    return other instanceof Unknown && deepEqual(this.json, other.json);
  }
}

class TypedMap extends CelMap {
  constructor(
    readonly json: Readonly<Record<string, unknown>>,
    private readonly schema: Schema,
  ) {
    super();
  }

  get size(): number {
    return Object.keys(this.json).length;
  }

  find(key: Value): Value | undefined {
    if (typeof key !== 'string') return NO_OVERLOAD;
    const isObject = this.schema.properties !== undefined;
    const name = isObject ? unescapeField(key) : key;
    if (name === undefined || !Object.hasOwn(this.json, name)) return undefined;
    const value = this.json[name];
    if (value === undefined || (isObject && value === null)) return undefined;
    const schema = this.schemaOf(name);
    return schema && fromTypedJson(value, schema);
  }

  keys(): readonly Value[] {
    const known = Object.keys(this.json).filter((name) => this.schemaOf(name) !== undefined);
    return this.schema.properties ? known.map((name) => escapeField(name) ?? name) : known;
  }

  private schemaOf(name: string): Schema | undefined {
    const { properties, additionalProperties } = this.schema;
    if (properties) return Object.hasOwn(properties, name) ? properties[name] : undefined;
    return typeof additionalProperties === 'object' ? additionalProperties : undefined;
  }
}

class TypedList extends CelList {
  constructor(
    readonly json: readonly unknown[],
    protected readonly items: Schema,
  ) {
    super();
  }

  get size(): number {
    return this.json.length;
  }

  at(index: number): Value {
    return fromTypedJson(this.json[index], this.items);
  }
}

/** A list without order: it equals others that hold the same, and is added to like a set. */
class TypedSet extends TypedList {
  override equals(other: CelList): boolean {
    if (other.size !== this.size) return false;
    const held = new Set(this.json);
    for (let at = 0; at < other.size; at += 1) if (!held.has(toJson(other.at(at)))) return false;
    return true;
  }

  override with(added: CelList): Value {
    const held = new Set(this.json);
    for (let at = 0; at < added.size; at += 1) held.add(toJson(added.at(at)));
    return new TypedSet([...held], this.items);
  }
}

/** A list without order whose elements have keys. */
class TypedMapList extends TypedList {
  constructor(
    json: readonly unknown[],
    items: Schema,
    private readonly keyNames: readonly string[],
  ) {
    super(json, items);
  }

  override equals(other: CelList): boolean {
    if (other.size !== this.size) return false;
    const held = new Map(this.json.map((element) => [this.keyOf(element), element]));
    for (let at = 0; at < other.size; at += 1) {
      const value = other.at(at);
      const mine = held.get(this.keyOf(jsonOf(value)));
      if (mine === undefined) return false;
      const pair = [new TypedList([mine], this.items), new TypedList([jsonOf(value)], this.items)] as const;
      if (!isEqualList(...pair)) return false;
    }
    return true;
  }

  override with(added: CelList): Value {
    const merged = new Map(this.json.map((element) => [this.keyOf(element), element]));
    for (let at = 0; at < added.size; at += 1) {
      const element = jsonOf(added.at(at));
      merged.set(this.keyOf(element), element);
    }
    return new TypedMapList([...merged.values()], this.items, this.keyNames);
  }

  private keyOf(element: unknown): string {
    const fields = (element ?? {}) as Readonly<Record<string, unknown>>;
    return JSON.stringify(this.keyNames.map((name) => fields[name] ?? null));
  }
}

function jsonOf(value: Value): unknown {
  return value instanceof TypedMap || value instanceof TypedList || value instanceof Unknown
    ? value.json
    : toJson(value);
}
