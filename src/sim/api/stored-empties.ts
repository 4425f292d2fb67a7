/**
 * What storing does to empty lists and maps: objects are kept as protobuf, which does not tell an empty one from none, and
 * Go then writes `null` for a field that it does not leave out.
 */
import { type FactField, type FactType, kindType, knownType } from './facts/fact-types.js';
import type { TypeRef } from './facts/type-text.js';
import { isJsonObject, type JsonObject, type KubeObject } from './object.js';

/** A field that can come to be `null`, or below which there is one. */
interface Step {
  readonly name: string;
  /** The field itself is a list or map that is never left out. */
  readonly own: boolean;
  /** The struct that it is, or that its items are, where that has such fields. */
  readonly inner: FactType | undefined;
}

/** Filled while types are looked at, so that a type that holds itself comes to an end. */
const stepsOfType = new Map<FactType, Step[]>();

/** Writes `null` for each empty list and map of a built-in kind's object that is not left out. Changes the object. */
export function settleEmpties(object: KubeObject): void {
  const type = kindType(object.apiVersion, object.kind);
  if (type) settle(type, object as unknown as JsonObject);
}

function settle(type: FactType, object: JsonObject): void {
  for (const { name, own, inner } of stepsOf(type)) {
    const value = object[name];
    if (typeof value !== 'object' || value === null) continue;
    if (own && Object.keys(value).length === 0) object[name] = null;
    else if (inner) settleInner(type.byName.get(name)?.type as TypeRef, inner, value);
  }
}

function settleInner({ kind }: TypeRef, inner: FactType, value: object): void {
  if (kind === 'struct') settle(inner, value as JsonObject);
  else for (const item of Object.values(value)) if (isJsonObject(item)) settle(inner, item);
}

function stepsOf(type: FactType): readonly Step[] {
  const known = stepsOfType.get(type);
  if (known) return known;
  const steps: Step[] = [];
  stepsOfType.set(type, steps);
  for (const [name, field] of type.byName) {
    const step = stepOf(name, field);
    if (step.own || step.inner) steps.push(step);
  }
  return steps;
}

function stepOf(name: string, { type, omitEmpty, omitZero }: FactField): Step {
  const id = type.struct ?? type.item?.struct;
  const struct = id === undefined ? undefined : knownType(id);
  const isOfMany = type.kind === 'list' || type.kind === 'map';
  return {
    name,
    own: isOfMany && !type.pointer && !omitEmpty && !omitZero,
    inner: struct && stepsOf(struct).length > 0 ? struct : undefined,
  };
}
