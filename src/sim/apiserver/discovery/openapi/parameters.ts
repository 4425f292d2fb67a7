import { knownType } from '../../../api/facts/fact-types.js';
import type { TypeKind, TypeRef } from '../../../api/facts/type-text.js';
import { describeField } from '../../../api/schema.js';
import type { Parameter } from './operation.js';

const TYPES: Partial<Record<TypeKind, Parameter['type']>> = {
  string: 'string',
  bool: 'boolean',
  int32: 'integer',
  int64: 'integer',
};

const PRETTY: Parameter = {
  name: 'pretty',
  in: 'query',
  description:
    "If 'true', then the output is pretty printed. Defaults to 'false' unless the user-agent indicates a browser or command-line HTTP tool (curl and wget).",
  type: 'string',
};
const NAMESPACE: Parameter = {
  name: 'namespace',
  in: 'path',
  description: 'object name and auth scope, such as for teams and projects',
  type: 'string',
};
const REST: Parameter = { name: 'path', in: 'path', description: 'path to the resource', type: 'string' };

const made = new Map<string, readonly Parameter[]>();

/** What a type of options lets a query say: its plain fields, and those that are lists of such. */
export function optionParameters(id: string): readonly Parameter[] {
  const known = made.get(id);
  if (known) return known;
  const holder = knownType(id);
  const parameters: Parameter[] = [];
  for (const [name, { type }] of holder.byName) {
    const plain = holder.inlined.has(name) ? undefined : plainType(type);
    if (plain) parameters.push({ name, in: 'query', description: describeField(holder, name), type: plain });
  }
  made.set(id, parameters);
  return parameters;
}

function plainType(type: TypeRef): Parameter['type'] | undefined {
  return TYPES[type.kind === 'list' ? (type.item as TypeRef).kind : type.kind];
}

/** The names in a path. `kind` is that of the object that is named. */
export function pathParameters(path: string, kind: string): Parameter[] {
  const parameters: Parameter[] = [];
  if (path.includes('{name}')) {
    parameters.push({ name: 'name', in: 'path', description: `name of the ${kind}`, type: 'string' });
  }
  if (path.includes('{namespace}')) parameters.push(NAMESPACE);
  if (path.includes('{path}')) parameters.push(REST);
  return parameters;
}

/** By name; of two with one name that of the path comes first. */
export function inOrder(parameters: readonly Parameter[]): Parameter[] {
  return [...parameters].sort((a, b) => compare(a.name, b.name) || compare(a.in, b.in));
}

/** How answers are to be printed, which every request for an object may say. */
export function pretty(): Parameter {
  return PRETTY;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
