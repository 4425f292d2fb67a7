import type { Schema } from '../../../cel/index.js';
import { type FactType, factType, kindType } from '../../facts/fact-types.js';
import type { TypeKind, TypeRef } from '../../facts/type-text.js';

/** Types without fields, as the definitions of the programs describe them; what is not here has no type at all. */
const PLAIN: Partial<Record<TypeKind, Schema>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer' },
  int64: { type: 'integer' },
  byte: { type: 'integer' },
  uint: { type: 'integer' },
  float: { type: 'number' },
  bytes: { type: 'string', format: 'byte' },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  duration: { type: 'string' },
  intOrString: { 'x-kubernetes-int-or-string': true },
  raw: { type: 'object' },
  fieldsV1: { type: 'object' },
};

/** What objects look like, for those who know nothing of CEL. */
export type ObjectSchema = Schema;

const known = new Map<string, Schema>();

/** What a built-in kind looks like, as far as expressions are held against it; undefined for one that is none. */
export function builtInSchema(apiVersion: string, kind: string): ObjectSchema | undefined {
  const type = kindType(apiVersion, kind);
  if (!type) return undefined;
  const found = known.get(type.id);
  if (found) return found;
  const made = structSchema(type, new Set());
  known.set(type.id, made);
  return made;
}

/** Types that hold themselves are known down to where they would begin anew. */
function structSchema(type: FactType, above: ReadonlySet<string>): Schema {
  const within = new Set([...above, type.id]);
  const properties: Record<string, Schema> = {};
  for (const [name, field] of type.byName) {
    const schema = valueSchema(field.type, within);
    if (schema) properties[name] = schema;
  }
  return { type: 'object', properties };
}

function valueSchema({ kind, item, struct }: TypeRef, above: ReadonlySet<string>): Schema | undefined {
  if (kind === 'list' || kind === 'map') {
    const inner = item && valueSchema(item, above);
    if (!inner) return undefined;
    return kind === 'list' ? { type: 'array', items: inner } : { type: 'object', additionalProperties: inner };
  }
  if (kind !== 'struct') return PLAIN[kind];
  if (struct === undefined || above.has(struct)) return undefined;
  const type = factType(struct);
  return type && structSchema(type, above);
}
