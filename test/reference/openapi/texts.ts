/** What `kubectl explain` prints, derived from the schemas of OpenAPI v3 documents, and how it is told in few bytes. */
import { createHash } from 'node:crypto';
import { type Schema, type Schemas, schemasIn } from '../../../src/sim/kubectl/explain/document.js';
import { explainPath } from '../../../src/sim/kubectl/explain/render.js';

/** The documents of a server: the place of each, as the index names it, and its text. */
export type Documents = ReadonlyMap<string, string>;

/** What is printed of a type: of itself, by field, and whatever else its schema says. */
export interface TypeTexts {
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly schema: string;
}

/** One kind a document serves: `apps/v1 Deployment`, the name of its type, the document's place. */
export interface ExplainedKind {
  readonly id: string;
  readonly type: string;
  readonly place: string;
}

/** The texts of every type of the documents, by OpenAPI name. A type says the same in every document. */
export function typeTexts(documents: Documents): Map<string, TypeTexts> {
  const types = new Map<string, TypeTexts>();
  for (const text of documents.values()) {
    const schemas = schemasIn(JSON.parse(text));
    for (const [name, schema] of Object.entries(schemas)) {
      if (!types.has(name)) types.set(name, textsOf(schema, schemas));
    }
  }
  return types;
}

function textsOf(schema: Schema, schemas: Schemas): TypeTexts {
  const fields = Object.keys(schema.properties ?? {}).map((name) => {
    return [name, explainPath(schema, [name], schemas, false) ?? ''] as const;
  });
  // Which groups a kind of everybody belongs to differs from document to document.
  const { 'x-kubernetes-group-version-kind': kinds, ...rest } = schema;
  const told = (kinds?.length ?? 0) > 1 ? rest : schema;
  return {
    text: explainPath(schema, [], schemas, false) ?? '',
    fields: Object.fromEntries(fields),
    schema: JSON.stringify(told),
  };
}

/** The kinds of the documents: types that have a path of their own to be explained by. */
export function kindsOf(documents: Documents): ExplainedKind[] {
  const kinds: ExplainedKind[] = [];
  for (const [place, text] of documents) {
    const groupVersion = place.replace(/^apis?\//, '');
    for (const [type, schema] of Object.entries(schemasIn(JSON.parse(text)))) {
      for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
        if ((group === '' ? version : `${group}/${version}`) !== groupVersion) continue;
        kinds.push({ id: `${groupVersion} ${kind}`, type, place });
      }
    }
  }
  return kinds;
}

/** A field below a kind: `spec.replicas`, which is the field `replicas` of a type. */
export interface FieldBelow {
  readonly path: string;
  readonly type: string;
  readonly field: string;
}

/** Every field below a kind; a type within itself is passed once. */
export function fieldsBelow(kind: ExplainedKind, schemas: Schemas): FieldBelow[] {
  const found: FieldBelow[] = [];
  const walk = (type: string, above: readonly string[], prefix: string) => {
    for (const [field, schema] of Object.entries(schemas[type]?.properties ?? {})) {
      found.push({ path: prefix + field, type, field });
      const below = typeOf(schema);
      if (below !== undefined && !above.includes(below)) walk(below, [...above, below], `${prefix}${field}.`);
    }
  };
  walk(kind.type, [kind.type], '');
  return found;
}

/** The schemas of the document at a place. */
export function schemasAt(documents: Documents, place: string): Schemas {
  return schemasIn(JSON.parse(documents.get(place) ?? '{}'));
}

/** The type a field refers to, itself or by what it is made of. */
function typeOf({ $ref, allOf, items, additionalProperties }: Schema): string | undefined {
  if ($ref !== undefined) return $ref.split('/').at(-1);
  const inner = allOf?.[0] ?? items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  return inner && typeOf(inner);
}

/** Enough of a hash to tell texts apart. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
