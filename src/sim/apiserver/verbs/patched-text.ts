import { kindType, knownType } from '../../api/facts/fact-types.js';
import type { TypeRef } from '../../api/facts/type-text.js';
import { goPrint, sortedEntries } from '../../api/go-value.js';
import { deepEqual, isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { ELEMENT_ORDER, isDirective, RETAIN_KEYS } from '../../api/patch/directives.js';
import { ownField, setField } from '../../api/set-field.js';

/**
 * A patched object as the patch library writes it: what the patch went through has its names sorted, the rest stands as the
 * server wrote it before.
 */
export function patchedText(before: KubeObject, patched: KubeObject): string {
  const type = kindType(before.apiVersion, before.kind);
  const ref: TypeRef | undefined = type && { kind: 'struct', pointer: false, struct: type.id };
  const fields = sortedEntries(patched).map(([name, value]) => {
    const given = ownField(before as unknown as JsonObject, name);
    return [name, ordered(fieldType(ref, name), given, value)] as const;
  });
  return JSON.stringify(objectOf(fields));
}

function ordered(type: TypeRef | undefined, before: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    const earlier = Array.isArray(before) ? before : [];
    return value.map((item, index) => {
      const same = earlier.find((one) => deepEqual(one, item)) ?? earlier[index];
      return ordered(type?.item, same, item);
    });
  }
  if (!isJsonObject(value)) return value;
  const earlier = isJsonObject(before) ? before : {};
  const order = type?.kind === 'struct' && deepEqual(before, value) ? knownType(type.struct ?? '').byName : undefined;
  const entries = order ? [...order.keys()].map((name) => [name, value[name]] as const) : sortedEntries(value);
  return objectOf(
    entries.flatMap(([name, inner]) =>
      inner === undefined ? [] : [[name, ordered(fieldType(type, name), ownField(earlier, name), inner)] as const],
    ),
  );
}

function fieldType(type: TypeRef | undefined, name: string): TypeRef | undefined {
  if (type?.kind !== 'struct') return type?.item;
  return knownType(type.struct ?? '').byName.get(name)?.type;
}

function objectOf(entries: readonly (readonly [string, unknown])[]): JsonObject {
  const object: JsonObject = {};
  for (const [name, value] of entries) setField(object, name, value);
  return object;
}

/** A strategic patch as Go prints its map: the directives that were carried out are no longer in it. */
export function strategicText(patch: unknown): string {
  return goPrint(withoutDone(patch));
}

function withoutDone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDone);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => name !== RETAIN_KEYS && !isDirective(name, ELEMENT_ORDER));
  return objectOf(kept.map(([name, inner]) => [name, withoutDone(inner)] as const));
}
