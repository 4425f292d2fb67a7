/** What strategic merging must know of a type: which fields merge by what key (tags of k8s.io/api's structs). */
import { type FactType, factType, kindType } from '../facts/fact-types.js';
import type { TypeRef } from '../facts/type-text.js';

/** How the value of one field is merged. */
export interface FieldMerge {
  /** Of the field's value, or of the items of its list. */
  readonly schema: PatchSchema;
  readonly strategy: 'merge' | 'replace' | '';
  /** The patch names the keys that stay, because only one of them may be set. */
  readonly retainKeys: boolean;
  /** Of the objects in a list; '' for lists of plain values. */
  readonly mergeKey: string;
}

/** A type as patches see it; free ones know nothing and replace their lists. */
export class PatchSchema {
  /** Name in messages. */
  readonly name: string;
  private readonly type: FactType | undefined;

  constructor(type: FactType | undefined) {
    this.type = type;
    this.name = type?.name ?? '';
  }

  /** How a field is merged; undefined when the type has no such field. */
  field(key: string): FieldMerge | undefined {
    if (!this.type) return FREE_FIELD;
    const field = this.type.byName.get(key);
    if (!field) return undefined;
    const strategies = field.patchStrategies;
    return {
      schema: schemaOf(field.type),
      strategy: strategies.includes('merge') ? 'merge' : strategies.includes('replace') ? 'replace' : '',
      retainKeys: strategies.includes('retainKeys'),
      mergeKey: field.patchMergeKey ?? '',
    };
  }
}

/** Of objects nothing is known about. */
const FREE_SCHEMA = new PatchSchema(undefined);
const FREE_FIELD: FieldMerge = { schema: FREE_SCHEMA, strategy: '', retainKeys: false, mergeKey: '' };

const schemas = new Map<string, PatchSchema>();

function schemaOf(type: TypeRef): PatchSchema {
  if (type.kind === 'list' || type.kind === 'map') return type.item ? schemaOf(type.item) : FREE_SCHEMA;
  if (type.kind !== 'struct' || type.struct === undefined) return FREE_SCHEMA;
  let schema = schemas.get(type.struct);
  if (!schema) {
    schema = new PatchSchema(factType(type.struct));
    schemas.set(type.struct, schema);
  }
  return schema;
}

/** The schema of an object's kind; free for kinds that are not built in. */
export function patchSchemaOf(object: { readonly apiVersion?: unknown; readonly kind?: unknown }): PatchSchema {
  const type = kindType(String(object.apiVersion ?? ''), String(object.kind ?? ''));
  return type ? schemaOf({ kind: 'struct', pointer: false, struct: type.id }) : FREE_SCHEMA;
}
