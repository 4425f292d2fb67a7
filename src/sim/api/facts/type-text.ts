/** Reads the compact notation of a field's type; see package.ts. */
import type { FactField, FactType } from './fact-types.js';

/** What a field holds. */
export type TypeKind =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'byte'
  | 'uint'
  | 'float'
  | 'bytes'
  | 'time'
  | 'microTime'
  | 'duration'
  | 'quantity'
  | 'intOrString'
  | 'raw'
  | 'fieldsV1'
  | 'json'
  | 'schemaOrBool'
  | 'schemaOrArray'
  | 'schemaOrStrings'
  | 'struct'
  | 'list'
  | 'map';

/** A type as Go has it. */
export interface TypeRef {
  readonly kind: TypeKind;
  readonly pointer: boolean;
  /** Go's own name for the type, as error messages write it without a package: `Protocol`, `types.UID`. */
  readonly name?: string;
  /** Id of the enumeration, such as `core.v1.Protocol`. */
  readonly enumeration?: string;
  /** Id of the struct, such as `core.v1.PodSpec`. */
  readonly struct?: string;
  /** The struct itself, where the table does not have it: those of custom resources. */
  readonly of?: FactType;
  /** How an item of a list or map is merged, where it stands in no field. */
  readonly marks?: FactField;
  /** What a list or map holds. */
  readonly item?: TypeRef;
  /** Go's name for the type of a map's keys, where it is not plain string. */
  readonly key?: string;
}

const PLAIN: Record<string, TypeKind> = {
  s: 'string',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  c: 'byte',
  u: 'uint',
  f: 'float',
  y: 'bytes',
  T: 'time',
  M: 'microTime',
  D: 'duration',
  Q: 'quantity',
  I: 'intOrString',
  R: 'raw',
  F: 'fieldsV1',
  J: 'json',
  JB: 'schemaOrBool',
  JA: 'schemaOrArray',
  JS: 'schemaOrStrings',
};

/** Reads a type; `packageId` completes names of its own package. */
export function readType(text: string, packageId: string): TypeRef {
  const reader = { text, at: 0 };
  const type = readAt(reader, packageId);
  if (reader.at !== text.length) throw new Error(`bad type in the fact table: ${text}`);
  return type;
}

interface Reader {
  readonly text: string;
  at: number;
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (!match) return undefined;
  reader.at = pattern.lastIndex;
  return match[1] ?? match[0];
}

function readAt(reader: Reader, packageId: string): TypeRef {
  const pointer = take(reader, /\*/y) !== undefined;
  const struct = take(reader, /@([\w.]+)/y);
  if (struct !== undefined) return { kind: 'struct', pointer, struct: qualify(struct, packageId) };
  if (take(reader, /\[/y) !== undefined) {
    const item = readAt(reader, packageId);
    // What stands behind a bracket names the list itself, and not what it holds.
    take(reader, /\]/y);
    return { kind: 'list', pointer, item, ...readName(reader, packageId) };
  }
  if (take(reader, /\{/y) !== undefined) {
    const key = take(reader, /\(([\w.]+)\)/y);
    const item = readAt(reader, packageId);
    return { kind: 'map', pointer, item, ...(key === undefined ? {} : { key }), ...readName(reader, packageId) };
  }
  const kind = PLAIN[take(reader, /J[BAS]|[a-zA-Z]/y) ?? ''];
  if (!kind) throw new Error(`bad type in the fact table: ${reader.text}`);
  return { kind, pointer, ...readName(reader, packageId) };
}

function readName(reader: Reader, packageId: string): { name?: string; enumeration?: string } {
  const name = take(reader, /~([\w.]+)/y);
  if (name === undefined) return {};
  if (take(reader, /!/y) === undefined) return { name };
  return { name, enumeration: qualify(name, packageId) };
}

/** Names of other packages have dots; `v1.Protocol` in a v1 package of another group can only be the core's. */
function qualify(name: string, packageId: string): string {
  if (!name.includes('.')) return `${packageId}.${name}`;
  return name.split('.').length === 2 ? `core.${name}` : name;
}
