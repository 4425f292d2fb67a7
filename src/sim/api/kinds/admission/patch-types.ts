/** Types with which expressions of mutating policies make objects and patches (apiserver pkg/cel/mutation). */
import {
  CelError,
  CelList,
  CelMap,
  type CelType,
  DYN,
  listType,
  type ObjectType,
  objectType,
  STRING,
  structType,
  toJson,
  type Value,
} from '../../../cel/index.js';
import { CelObject } from '../../../cel/values.js';
import { deepEqual } from '../../object.js';

/** What an apply configuration's expression must evaluate to. */
export const APPLY_TYPE: CelType = structType('Object');
const PATCH_TYPE = structType('JSONPatch');
/** What a JSON patch's expression must evaluate to. */
export const JSON_PATCHES_TYPE: CelType = listType(PATCH_TYPE);

/** An object that an expression made of some fields. */
export class MadeObject extends CelObject {
  constructor(
    readonly type: CelType,
    readonly fields: ReadonlyMap<string, Value>,
  ) {
    super();
  }

  field(name: string): Value {
    return this.fields.get(name) ?? new CelError(`no such key: ${name}`);
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  equals(other: Value): boolean {
    return (
      other instanceof MadeObject && deepEqual(madeJson(this), madeJson(other)) && this.type.name === other.type.name
    );
  }
}

/** `JSONPatch{op: …, path: …, from: …, value: …}`. */
export function jsonPatchType(): ObjectType {
  return objectType('JSONPatch', { op: STRING, path: STRING, from: STRING, value: DYN }, (fields) => {
    for (const name of ['op', 'path', 'from']) {
      const value = fields.get(name);
      if (value !== undefined && typeof value !== 'string') {
        return new CelError(`unexpected type for JSONPatchType '${name}' field`);
      }
    }
    return new MadeObject(PATCH_TYPE, fields);
  });
}

/** `Object`, `Object.spec`, `Object.spec.containers`, …: any field of any object. */
export function objectTypeOf(name: string): ObjectType | undefined {
  if (name !== 'Object' && !name.startsWith('Object.')) return undefined;
  return { name, field: () => DYN, create: (fields) => new MadeObject(structType(name), fields) };
}

/** A value as JSON, with the objects an expression made in it. */
export function madeJson(value: Value): unknown {
  if (value instanceof MadeObject) {
    return Object.fromEntries([...value.fields].map(([name, field]) => [name, madeJson(field)]));
  }
  if (value instanceof CelList) {
    return Array.from({ length: value.size }, (_, index) => madeJson(value.at(index)));
  }
  if (value instanceof CelMap) {
    return Object.fromEntries(value.keys().map((key) => [String(key), madeJson(value.find(key) as Value)]));
  }
  return toJson(value);
}

/** Types of objects that are not those of the fields they stand in: `Object.spec{selector: Object.wrong{}}`. */
export function misnamedTypes(value: Value, path: string): string[] {
  if (value instanceof CelList) {
    return Array.from({ length: value.size }, (_, index) => misnamedTypes(value.at(index), path)).flat();
  }
  if (value instanceof CelMap) return value.keys().flatMap((key) => misnamedTypes(value.find(key) as Value, path));
  if (!(value instanceof MadeObject)) return [];
  const { name } = value.type;
  const own =
    name === path
      ? []
      : [
          `unexpected type name ${JSON.stringify(name)}, expected ${JSON.stringify(path)}, which matches field name path from root Object type`,
        ];
  return [...own, ...[...value.fields].flatMap(([field, inner]) => misnamedTypes(inner, `${path}.${field}`))];
}
