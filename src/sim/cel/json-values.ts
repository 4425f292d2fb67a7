/** JSON of which no schema is known as values, looked at where it is asked for rather than copied, and values as JSON. */
import { isGoInteger } from '../api/go-number.js';
import { secondsText, timestampText } from './run/times.js';
import { CelError, CelList, CelMap, Duration, Optional, Timestamp, Uint, type Value } from './values.js';

/** A list of JSON. */
class JsonList extends CelList {
  constructor(readonly elements: readonly unknown[]) {
    super();
  }

  get size(): number {
    return this.elements.length;
  }

  at(index: number): Value {
    return fromJson(this.elements[index]);
  }
}

/** An object of JSON. */
class JsonMap extends CelMap {
  private names: string[] | undefined;

  constructor(readonly fields: Readonly<Record<string, unknown>>) {
    super();
  }

  get size(): number {
    return this.keys().length;
  }

  find(key: Value): Value | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.fields, key)) return undefined;
    const value = this.fields[key];
    return value === undefined ? undefined : fromJson(value);
  }

  keys(): readonly Value[] {
    this.names ??= Object.keys(this.fields).filter((name) => this.fields[name] !== undefined);
    return this.names;
  }
}

/** JSON of which no schema is known, as a value: whole numbers are ints, all others floating point. */
export function fromJson(json: unknown): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return json;
    case 'number':
      return isGoInteger(json) ? BigInt(json) : json;
    case 'object':
      if (json === null) return null;
      return Array.isArray(json) ? new JsonList(json) : new JsonMap(json as Record<string, unknown>);
    default:
      return null;
  }
}

/** A value as JSON: ints become numbers, instants texts; an error where there is no JSON of it. */
export function toJson(value: Value): unknown {
  switch (typeof value) {
    case 'bigint':
      return Number(value);
    case 'string':
    case 'boolean':
    case 'number':
      return value;
    default:
      return value === null ? null : objectToJson(value);
  }
}

function objectToJson(value: object): unknown {
  if (value instanceof JsonList) return value.elements;
  if (value instanceof JsonMap) return value.fields;
  if (value instanceof CelList) {
    return withoutErrors(Array.from({ length: value.size }, (_, at) => toJson(value.at(at))));
  }
  if (value instanceof CelMap) return mapToJson(value);
  if (value instanceof Uint) return Number(value.value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return secondsText(value.nanos);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Optional && value.value !== undefined) return toJson(value.value);
  return value instanceof CelError ? value : new CelError('no such overload');
}

function mapToJson(map: CelMap): unknown {
  const fields: Record<string, unknown> = {};
  for (const key of map.keys()) {
    if (typeof key !== 'string') return new CelError('no such overload');
    const json = toJson(map.find(key) ?? null);
    if (json instanceof CelError) return json;
    Object.defineProperty(fields, key, { value: json, enumerable: true, configurable: true, writable: true });
  }
  return fields;
}

function withoutErrors(values: unknown[]): unknown {
  return values.find((value) => value instanceof CelError) ?? values;
}
