/** Types with which expressions of mutating policies make objects and patches (apiserver pkg/cel/mutation). */
import { DYN, type ObjectType, objectType, STRING } from '../../../cel/index.js';

/** `JSONPatch{op: …, path: …, from: …, value: …}`. */
export function jsonPatchType(): ObjectType {
  return objectType('JSONPatch', { op: STRING, path: STRING, from: STRING, value: DYN });
}

/** `Object`, `Object.spec`, `Object.spec.containers`, …: any field of any object. */
export function objectTypeOf(name: string): ObjectType | undefined {
  if (name !== 'Object' && !name.startsWith('Object.')) return undefined;
  return { name, field: () => DYN };
}
