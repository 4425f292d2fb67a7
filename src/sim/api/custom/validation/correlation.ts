/** Which old value belongs to a new one (apiserver cel/common CorrelatedObject): what did not change is not refused. */
import { deepEqual, isJsonObject, type JsonObject } from '../../object.js';
import { ownField } from '../../set-field.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';

/** A new value, the old one that it stands for, and what the schema says of both. */
export interface Correlated {
  readonly value: unknown;
  readonly old: unknown;
  readonly schema: SchemaProps;
}

/** A member of an object that was there before; undefined when there is none to compare with. */
export function correlatedKey(of: Correlated | undefined, name: string): Correlated | undefined {
  if (!of || !isJsonObject(of.value) || !isJsonObject(of.old)) return undefined;
  const [value, old] = [ownField(of.value, name), ownField(of.old, name)];
  if (value === undefined || old === undefined) return undefined;
  const { properties, additionalProperties } = of.schema;
  const schema = (properties && ownField(properties, name)) ?? additionalProperties;
  return typeof schema === 'object' ? { value, old, schema } : undefined;
}

/** An item of a list that was there before: only those of maps are known again. */
export function correlatedIndex(of: Correlated | undefined, index: number): Correlated | undefined {
  if (!of || !Array.isArray(of.value) || !Array.isArray(of.old)) return undefined;
  const { items } = of.schema;
  if (of.schema['x-kubernetes-list-type'] !== 'map' || !items || Array.isArray(items)) return undefined;
  const keys = of.schema['x-kubernetes-list-map-keys'] ?? [];
  const value: unknown = of.value[index];
  const old: unknown = of.old.find((one) => isSameItem(keys, one, value));
  return old === undefined || old === null ? undefined : { value, old, schema: items };
}

/** Whether nothing changed. */
export function isUnchanged(of: Correlated | undefined): boolean {
  return of !== undefined && deepEqual(of.value, of.old);
}

/** Whether two items have the same keys. */
export function isSameItem(keys: readonly string[], one: unknown, other: unknown): boolean {
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  return keys.every((key) => deepEqual(ownField(one as JsonObject, key), ownField(other as JsonObject, key)));
}
