/** Objects made from the table of facts, to be written as protobuf by Go and by us. */
import { type FactType, knownType } from '../../../src/sim/api/facts/fact-types.js';
import { FACT_PACKAGES } from '../../../src/sim/api/facts/index.js';
import type { TypeRef } from '../../../src/sim/api/facts/type-text.js';
import type { JsonObject } from '../../../src/sim/api/object.js';

/** `filled`: a value in every field of every struct; `hollow`: every pointer, list and map there, with nothing in it; `bare`. */
export type Filling = 'filled' | 'hollow' | 'bare';

/** An object and what it shows. */
export interface FilledObject {
  /** `apps/v1 Deployment, filled`. */
  readonly id: string;
  readonly object: JsonObject & { readonly apiVersion: string; readonly kind: string };
}

const SCHEMA = 'apiextensions.v1.JSONSchemaProps';
/** Kinds whose messages Go does not have: they travel as JSON only. */
const JSON_ONLY = new Set(['apiextensions.k8s.io/v1 ConversionReview']);

/** Kinds of every group's own, and what travels for metadata alone. */
const META_KINDS = [
  ['v1', 'APIGroupList'],
  ['v1', 'APIResourceList'],
  ['v1', 'APIVersions'],
  ['v1', 'DeleteOptions'],
  ['v1', 'Status'],
  ['meta.k8s.io/v1', 'PartialObjectMetadata'],
  ['meta.k8s.io/v1', 'PartialObjectMetadataList'],
] as const;

/** Every kind that the table has and that has a message. */
export function filledObjects(): FilledObject[] {
  const kinds = FACT_PACKAGES.flatMap(({ id, group, version, kinds }) =>
    kinds.split(' ').map((kind) => [group === '' ? version : `${group}/${version}`, kind, `${id}.${kind}`] as const),
  );
  const meta = META_KINDS.map(([apiVersion, kind]) => [apiVersion, kind, `meta.v1.${kind}`] as const);
  return [...kinds, ...meta]
    .filter(([apiVersion, kind]) => kind !== '' && !JSON_ONLY.has(`${apiVersion} ${kind}`))
    .flatMap(([apiVersion, kind, type]) =>
      fillings(knownType(type)).map((filling) => ({
        id: `${apiVersion} ${kind}, ${filling}`,
        object: { apiVersion, kind, ...new Filler(filling).struct(knownType(type)) },
      })),
    );
}

/** A list of kinds shows nothing that its items do not show by themselves. */
function fillings(type: FactType): readonly Filling[] {
  const isList =
    type.byName.get('metadata')?.type.struct === 'meta.v1.ListMeta' && type.byName.has('items') && type.name !== 'List';
  return isList ? ['hollow', 'bare'] : ['filled', 'hollow', 'bare'];
}

/** Makes values, no two alike where that can be. */
class Filler {
  private readonly open: string[] = [];
  private count = 0;

  constructor(private readonly filling: Filling) {}

  /** The fields of a struct; what holds itself ends at the second time. */
  struct(type: FactType): JsonObject {
    if (this.filling === 'bare') return {};
    this.open.push(type.id);
    const object: JsonObject = {};
    for (const [name, field] of type.byName) {
      // What an object inside another is, messages do not say.
      if (type.inlined.get(name)?.includes('TypeMeta')) continue;
      const value = this.value(name, field.type);
      if (value !== undefined) object[name] = value;
    }
    this.open.pop();
    return object;
  }

  private value(name: string, type: TypeRef): unknown {
    if (type.kind === 'struct') {
      const id = type.struct as string;
      if (this.open.includes(id)) return id === SCHEMA ? this.schema() : undefined;
      if (this.filling === 'hollow' && this.open.length > 2) return type.pointer ? {} : undefined;
      return this.struct(knownType(id));
    }
    if (type.kind === 'list') return this.list(name, type.item as TypeRef);
    if (type.kind === 'map') return this.map(name, type.item as TypeRef);
    if (this.filling === 'hollow') return type.pointer ? ZEROS[type.kind] : undefined;
    this.count += 1;
    return this.plain(name, type);
  }

  private list(name: string, item: TypeRef): unknown[] | undefined {
    const first = this.value(name, item) ?? this.nothing(item);
    if (first === undefined) return undefined;
    return item.kind === 'struct' ? [first] : [first, this.value(name, item) ?? first];
  }

  private map(name: string, item: TypeRef): JsonObject | undefined {
    const first = this.value(name, item) ?? this.nothing(item);
    if (first === undefined) return undefined;
    // Out of order: they are written in order.
    return { [`${name}-b`]: first, [`${name}-a`]: this.value(name, item) ?? first };
  }

  /** What a list of nothing holds. */
  private nothing(item: TypeRef): unknown {
    if (this.filling !== 'hollow') return undefined;
    return item.kind === 'struct' ? {} : ZEROS[item.kind];
  }

  private plain(name: string, { kind }: TypeRef): unknown {
    const { count } = this;
    switch (kind) {
      case 'string':
        return `${name} ${count} ü€😀`;
      case 'bool':
        return true;
      case 'int32':
        return count % 3 === 0 ? -count : count * 1000;
      case 'int64':
        return count % 3 === 0 ? -(2 ** 40 + count) : 2 ** 52 + count;
      case 'byte':
      case 'uint':
        return count % 250 || 1;
      case 'float':
        return count + 0.25;
      case 'bytes':
        return Buffer.from([count % 256, 255, 0, 128]).toString('base64');
      case 'time':
        return '2026-01-02T03:04:05Z';
      case 'microTime':
        return '2026-01-02T03:04:05.000678Z';
      case 'duration':
        return `1h2m${count % 60}.5s`;
      case 'quantity':
        return `${count}500m`;
      case 'intOrString':
        return count % 2 ? `${count}%` : -count;
      default:
        return this.free(kind);
    }
  }

  private free(kind: TypeRef['kind']): unknown {
    const { count } = this;
    switch (kind) {
      case 'raw':
        return { apiVersion: 'example.com/v1', kind: 'Thing', spec: { size: count, name: 'ü' } };
      case 'fieldsV1':
        return { 'f:metadata': { 'f:labels': { '.': {}, [`f:l${count}`]: {} } } };
      case 'json':
        return [{ number: count, text: 'ü', nothing: null }, true];
      case 'schemaOrBool':
        return count % 2 ? this.schema() : true;
      case 'schemaOrArray':
        return [this.schema(), this.schema()];
      default:
        return count % 2 ? this.schema() : ['a', 'b'];
    }
  }

  /** The schema within a schema. */
  private schema(): JsonObject {
    return { type: 'array', maxItems: this.count, items: { type: 'string' } };
  }
}

/** Go's zero of what a pointer points to. */
const ZEROS: Partial<Record<TypeRef['kind'], unknown>> = {
  string: '',
  bool: false,
  int32: 0,
  int64: 0,
  byte: 0,
  uint: 0,
  float: 0,
  bytes: '',
  duration: '0s',
  quantity: '0',
  intOrString: 0,
};
