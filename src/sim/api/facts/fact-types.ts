/** The fact table as data: types and their fields, read when they are first asked for. */
import { FACT_PACKAGES } from './index.js';
import type { FactPackage } from './package.js';
import { readType, type TypeRef } from './type-text.js';

/** A field of a struct. */
export interface FactField {
  /** '' for a struct whose fields stand among those of its holder. */
  readonly json: string;
  /** In protobuf; 0 for none. */
  readonly number: number;
  readonly type: TypeRef;
  readonly omitEmpty: boolean;
  readonly omitZero: boolean;
  readonly patchStrategies: readonly string[];
  readonly patchMergeKey?: string;
  readonly listType?: string;
  readonly listMapKeys?: readonly string[];
  readonly mapType?: string;
  readonly default?: unknown;
}

/** A struct type. */
export interface FactType {
  /** `core.v1.PodSpec`. */
  readonly id: string;
  /** `PodSpec`. */
  readonly name: string;
  /** `io.k8s.api.core.v1.PodSpec`. */
  readonly openApiName: string;
  readonly pack: FactPackage;
  /** In Go's order. */
  readonly fields: readonly FactField[];
  /** By JSON name, fields of inlined structs among them. */
  readonly byName: ReadonlyMap<string, FactField>;
  /** Names of the inlined structs a field stands in, from the outside in; Go's messages name them. */
  readonly inlined: ReadonlyMap<string, readonly string[]>;
  /** Whether it may hold fields that it does not name. */
  readonly open?: boolean;
}

interface PackageIndex {
  readonly pack: FactPackage;
  readonly kinds: ReadonlySet<string>;
  readonly lines: ReadonlyMap<string, string>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

/** Kinds that every group may send, and that messages call v1. */
const META_KINDS = new Set([
  'APIGroupList',
  'APIResourceList',
  'APIVersions',
  'DeleteOptions',
  'PartialObjectMetadata',
  'PartialObjectMetadataList',
  'Status',
  'Table',
  'WatchEvent',
]);

const indexes = new Map<string, PackageIndex>();
const types = new Map<string, FactType>();
/** By version and kind; only what there is, for a client may ask for names without end. */
const kindTypes = new Map<string, Map<string, FactType>>();

function indexOf(packageId: string): PackageIndex | undefined {
  const known = indexes.get(packageId);
  if (known) return known;
  const pack = FACT_PACKAGES.find(({ id }) => id === packageId);
  return pack && readIndex(pack);
}

function readIndex(pack: FactPackage): PackageIndex {
  const lines = new Map<string, string>();
  const enums = new Map<string, readonly string[]>();
  for (const line of pack.types.split('\n')) {
    const space = line.indexOf(' ');
    if (line.startsWith('!')) enums.set(line.slice(1, space), line.slice(space + 1).split('|'));
    else if (line !== '') lines.set(space < 0 ? line : line.slice(0, space), space < 0 ? '' : line.slice(space + 1));
  }
  const index = { pack, kinds: new Set(pack.kinds.split(' ')), lines, enums };
  indexes.set(pack.id, index);
  return index;
}

/** The type of an id such as `core.v1.PodSpec`. */
export function factType(id: string): FactType | undefined {
  const known = types.get(id);
  if (known) return known;
  const dot = id.lastIndexOf('.');
  const index = indexOf(id.slice(0, dot));
  const name = id.slice(dot + 1);
  const line = index?.lines.get(name);
  if (!index || line === undefined) return undefined;
  const type = readTypeLine(index.pack, name, line);
  types.set(id, type);
  return type;
}

/** The type of an id the table itself names. */
export function knownType(id: string): FactType {
  const type = factType(id);
  if (!type) throw new Error(`the fact table names ${id} and does not have it`);
  return type;
}

/** The struct that a type of the kind `struct` stands for. */
export function structOf(type: TypeRef): FactType {
  return type.of ?? knownType(type.struct ?? '');
}

/**
 * A type of a package that is not in the table, because no server serves it: those of configuration files. Each such
 * package has an id of its own; a second one of the same id is a mistake of ours and throws.
 */
export function typeOfPackage(pack: FactPackage, name: string): FactType {
  const index = indexes.get(pack.id) ?? readIndex(pack);
  if (index.pack !== pack) throw new Error(`two packages of facts are called ${pack.id}`);
  return knownType(`${pack.id}.${name}`);
}

/** The type of a built-in kind, stored or not. A patch may have made anything of the two. */
export function kindType(apiVersion: unknown, kind: string): FactType | undefined {
  if (typeof apiVersion !== 'string') return undefined;
  const known = kindTypes.get(apiVersion)?.get(kind);
  if (known) return known;
  const type = findKindType(apiVersion, kind);
  if (!type) return undefined;
  const ofVersion = kindTypes.get(apiVersion) ?? new Map<string, FactType>();
  kindTypes.set(apiVersion, ofVersion.set(kind, type));
  return type;
}

function findKindType(apiVersion: string, kind: string): FactType | undefined {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  for (const pack of FACT_PACKAGES) {
    if (pack.group !== group || pack.version !== version) continue;
    if (indexOf(pack.id)?.kinds.has(kind)) return factType(`${pack.id}.${kind}`);
  }
  return META_KINDS.has(kind) ? factType(`meta.v1.${kind}`) : undefined;
}

/** The values of an enumeration, sorted; undefined for one the table does not have. */
export function enumValues(id: string): readonly string[] | undefined {
  const dot = id.lastIndexOf('.');
  return indexOf(id.slice(0, dot))?.enums.get(id.slice(dot + 1));
}

/** Ids of all types of a package. */
export function typeIdsOf(pack: FactPackage): string[] {
  return [...(indexOf(pack.id)?.lines.keys() ?? [])].map((name) => `${pack.id}.${name}`);
}

function readTypeLine(pack: FactPackage, name: string, line: string): FactType {
  const fields = line === '' ? [] : line.split(' ').map((text) => readField(text, pack.id));
  const byName = new Map<string, FactField>();
  const inlined = new Map<string, readonly string[]>();
  for (const field of fields) {
    if (field.json !== '') {
      byName.set(field.json, field);
      continue;
    }
    const inner = knownType(field.type.struct ?? '');
    for (const [key, own] of inner.byName) {
      byName.set(key, own);
      inlined.set(key, [inner.name, ...(inner.inlined.get(key) ?? [])]);
    }
  }
  return { id: `${pack.id}.${name}`, name, openApiName: `${pack.prefix}.${name}`, pack, fields, byName, inlined };
}

function readField(text: string, packageId: string): FactField {
  const [json = '', number = '0', type = '', flags = '', ...marks] = text.split(':');
  const field: Mutable<FactField> = {
    json,
    number: Number(number),
    type: readType(type, packageId),
    omitEmpty: flags.includes('o'),
    omitZero: flags.includes('z'),
    patchStrategies: [],
  };
  for (const mark of marks.join(':').split(';')) readMark(field, mark);
  return field;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readMark(field: Mutable<FactField>, mark: string): void {
  const value = mark.slice(2);
  if (mark.startsWith('p=')) field.patchStrategies = value.split(',');
  else if (mark.startsWith('k=')) field.patchMergeKey = value;
  else if (mark.startsWith('L=')) field.listType = value;
  else if (mark.startsWith('K=')) field.listMapKeys = value.split(',');
  else if (mark.startsWith('m=')) field.mapType = value;
  else if (mark.startsWith('d=')) field.default = JSON.parse(value);
}
