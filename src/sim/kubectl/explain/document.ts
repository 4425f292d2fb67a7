import { isJsonObject } from '../../api/object.js';

/** A schema of an OpenAPI v3 document, as far as `explain` reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly externalDocs?: { readonly description?: string; readonly url?: string };
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

/** The schemas of a document by name. */
export type Schemas = Readonly<Record<string, Schema>>;

/** The schemas in a document's text. */
export function schemasIn(document: unknown): Schemas {
  const components = isJsonObject(document) && isJsonObject(document['components']) ? document['components'] : {};
  return (isJsonObject(components['schemas']) ? components['schemas'] : {}) as Schemas;
}

/** What a schema refers to, or itself. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  return referred(schema.$ref, schemas) ?? schema;
}

function referred(reference: string | undefined, schemas: Schemas): Schema | undefined {
  return reference === undefined ? undefined : schemas[reference.split('/').at(-1) ?? ''];
}

/** The schema of a map's values; undefined for other types. */
export function valuesOf({ additionalProperties }: Schema): Schema | undefined {
  return isJsonObject(additionalProperties) ? (additionalProperties as Schema) : undefined;
}

/** A type in short: `string`, `[]Container`, `map[string]Quantity`. */
export function typeName(schema: Schema, schemas: Schemas): string {
  const values = valuesOf(schema);
  if (schema.items) return `[]${typeName(schema.items, schemas)}`;
  if (values) return `map[string]${typeName(values, schemas)}`;
  if (schema.allOf?.length === 1 && !schema.properties) return typeName(schema.allOf[0] as Schema, schemas);
  if (schema.$ref !== undefined) {
    const target = referred(schema.$ref, schemas);
    if (target?.type && target.type !== 'object') return target.type;
    return schema.$ref.split('/').at(-1)?.split('.').at(-1) || 'Object';
  }
  return schema.type === 'object' ? 'Object' : schema.type || 'Object';
}
