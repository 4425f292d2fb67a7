/** Compares the fact table with client-node's attribute maps, which come from the OpenAPI document of the same release. */
import { readFileSync } from 'node:fs';
import { type FactField, type FactType, factType } from '../../src/sim/api/facts/fact-types.js';
import type { TypeKind, TypeRef } from '../../src/sim/api/facts/type-text.js';
import { clientModel, type ModelFolders } from './models.js';

interface Attribute {
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

const FORMATS: Partial<Record<TypeKind, string>> = {
  int32: 'number int32',
  int64: 'number int64',
  float: 'number double',
  bool: 'boolean ',
  string: 'string ',
  quantity: 'string ',
  time: 'Date date-time',
  microTime: 'V1MicroTime date-time-micro',
  bytes: 'string byte',
  intOrString: 'IntOrString int-or-string',
};

/** What the two disagree on; empty when they agree or client-node does not have the type. */
export function compareAttributes(folders: ModelFolders, type: FactType): string[] {
  const file = clientModel(folders, type);
  if (file === undefined) return [];
  const attributes = readAttributes(readFileSync(`${file}.js`, 'utf8'));
  const known = new Map(attributes.map((attribute) => [attribute.baseName, attribute]));
  const differences = attributes
    .filter(({ baseName }) => !type.byName.has(baseName))
    .map(({ baseName }) => `${type.id}.${baseName} is not in the table`);
  for (const [name, field] of type.byName) {
    const attribute = known.get(name);
    if (!attribute) differences.push(`${type.id}.${name} is not in client-node`);
    else if (!fits(field, attribute)) {
      differences.push(`${type.id}.${name} is ${attribute.type} ${attribute.format} in client-node`);
    }
  }
  return differences;
}

/** The attribute map, read as text: the module itself does not load on every supported Node. */
function readAttributes(text: string): Attribute[] {
  const match = /attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(text);
  return match ? (JSON.parse(match[1] ?? '[]') as Attribute[]) : [];
}

function fits({ type }: FactField, { type: shown, format }: Attribute): boolean {
  if (type.kind === 'list') return shown.startsWith('Array<') || format === 'byte';
  if (type.kind === 'map') return shown.startsWith('{ [key: string]:') || shown === 'any' || shown === 'object';
  if (type.kind === 'struct') return shown.endsWith(structName(type)) || shown === 'any';
  const expected = FORMATS[type.kind];
  return expected === undefined || expected === `${shown} ${format}`;
}

function structName(type: TypeRef): string {
  return factType(type.struct ?? '')?.name ?? '?';
}
