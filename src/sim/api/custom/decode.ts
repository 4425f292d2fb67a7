/** Custom objects as they come from clients and from storage (unstructuredSchemaCoercer of apiextensions-apiserver). */
import { printFieldError } from '../field-error.js';
import { deepCopy, type JsonObject, type KubeObject, type ObjectMeta } from '../object.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';
import { dropNulls } from './defaults.js';
import type { CustomDecoded } from './facts.js';
import { coerceEmbedded, readMetadata } from './metadata.js';
import { pruneObject } from './prune.js';

/** Reads an object by a schema: metadata in Go's form, unknown fields and nulls that may not be taken out. */
export function decodeCustom(given: JsonObject, schema: SchemaProps | undefined): CustomDecoded {
  const object = inOrder(deepCopy(given)) as unknown as KubeObject;
  const meta = readMetadata(object.metadata ?? {});
  if (meta.error !== undefined) return { object, unknown: [], error: meta.error };
  object.metadata = meta.metadata as ObjectMeta;
  const unknown = [...meta.unknown, ...pruneObject(object as unknown as JsonObject, schema)];
  dropNulls(object, schema);
  const inside: string[] = [];
  const wrong = coerceEmbedded(object, schema, '', inside);
  if (wrong) return { object, unknown, error: printFieldError(wrong) };
  return { object, unknown: [...unknown, ...inside.sort()].map((path) => `unknown field "${path}"`) };
}

/** Go writes what it knows only as maps with its keys in order. */
function inOrder(value: JsonObject): JsonObject {
  const { apiVersion, kind, metadata, ...rest } = value;
  return { apiVersion, kind, metadata, ...(sorted(rest) as JsonObject) };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted((value as JsonObject)[key])]),
  );
}
