import { type FieldSpec, visitFields } from '../config/field-spec.js';
import { KustomizeError, within } from '../error.js';
import type { Variable } from '../file/kustomization.js';
import { gvkOf, gvkText, isOutside, type ResourceId, sameGvk, sameId } from '../resource/resource-id.js';
import type { ResourceMap } from '../resource/resource-map.js';
import { pairsOf } from '../tree/emit.js';
import { lookup } from '../tree/fields.js';
import { assign, isString, type Node, NULL, STRING, scalar } from '../tree/node.js';
import { splitFieldPath } from '../tree/path.js';
import { scalarValue, toValue } from '../tree/values.js';

/** Notes on resources which vars read from them, and adds the vars to those known. */
export function mergeVariables(
  resources: ResourceMap,
  known: ReadonlyMap<string, Variable>,
  added: readonly Variable[],
): Map<string, Variable> {
  const merging = `merging vars [${added.map((variable) => shown(variable, false)).join(' ')}]`;
  for (const variable of added) {
    const id = objectId(variable);
    const fits = (other: ResourceId): boolean =>
      id.namespace !== '' || isOutside(id) ? sameId(id, other) : id.name === other.name && sameGvk(id, other);
    const matches = resources.withAnyId(fits);
    if (matches.length > 1) {
      throw new KustomizeError(
        `${merging}: found ${matches.length} resId matches for var ${shown(variable)} (unable to disambiguate)`,
      );
    }
    matches[0]?.vars.push(variable.name ?? '');
  }
  return within(merging, () => unite(known, added));
}

/** Both sets. Throws for a name that is in both. */
export function unite(known: ReadonlyMap<string, Variable>, added: Iterable<Variable>): Map<string, Variable> {
  const merged = new Map(known);
  for (const variable of added) {
    const name = variable.name ?? '';
    if (merged.has(name)) throw new KustomizeError(`var '${name}' already encountered`);
    merged.set(name, variable);
  }
  return merged;
}

function objectId({ objref = {} }: Variable): ResourceId {
  const { apiVersion, group = '', version = '', kind = '', name = '', namespace = '' } = objref;
  const named = apiVersion ? gvkOf(apiVersion, kind) : { group, version, kind };
  const gvk = { ...named, group: named.group || group };
  return { ...gvk, name, namespace };
}

/** A var as Go shows it: of the object, only the kind. */
function shown({ name = '', objref = {}, fieldref = {} }: Variable, apiVersionRead = true): string {
  const { group = '', version = '', kind = '' } = apiVersionRead ? objectId({ objref }) : objref;
  return `{${name} ${gvkText({ group, version, kind })} {${fieldref.fieldPath ?? ''}}}`;
}

/** Replaces `$(NAME)` by what the vars say; answers the names of those that nobody used. */
export function resolveVariables(
  resources: ResourceMap,
  variables: ReadonlyMap<string, Variable>,
  specs: readonly FieldSpec[],
): string[] {
  const names = [...variables.keys()].sort();
  const values = new Map(names.map((name) => [name, valueRead(resources, variables.get(name) as Variable)]));
  const used = new Set<string>();
  const replace = (text: string): unknown => expand(text, values, used);
  for (const { node } of resources.list) visitFields(node, specs, (field) => replaceIn(field, replace));
  return names.filter((name) => !used.has(name));
}

function valueRead(resources: ResourceMap, variable: Variable): unknown {
  const withPath = { ...variable, fieldref: { fieldPath: variable.fieldref?.fieldPath || 'metadata.name' } };
  for (const resource of resources.list) {
    if (!resource.vars.includes(variable.name ?? '')) continue;
    const path = splitFieldPath(withPath.fieldref.fieldPath).flatMap(indexed);
    const found = lookup(resource.node, path);
    if (found === undefined) {
      throw new KustomizeError(`field specified in var '${shown(withPath)}' not found in corresponding resource`);
    }
    return found.kind === 'scalar' ? scalarValue(found) : toValue(found);
  }
  throw new KustomizeError(`var '${shown(withPath)}' cannot be mapped to a field in the set of known resources`);
}

/** `ports[0]` is two steps. */
function indexed(part: string): string[] {
  const [, name = '', index] = /^(.*)\[(\d+)\]$/.exec(part) ?? [];
  return index === undefined ? [part] : [name, index].filter((step) => step !== '');
}

function replaceIn(node: Node, replace: (text: string) => unknown): void {
  if (node.tag === NULL) return;
  if (node.kind === 'scalar') return replaceScalar(node, replace);
  if (node.kind === 'mapping') {
    for (const [, value] of pairsOf(node)) replaceScalar(value, replace);
    return;
  }
  for (const item of node.content) {
    if (!isString(item)) throw new KustomizeError('invalid value type expect a string');
    replaceScalar(item, replace);
  }
}

function replaceScalar(node: Node, replace: (text: string) => unknown): void {
  if (!isString(node)) return;
  const value = replace(node.value);
  const tag = typeof value === 'boolean' ? '!!bool' : typeof value === 'number' ? numberTag(value) : STRING;
  assign(node, scalar(String(value), tag));
}

function numberTag(value: number): string {
  return Number.isInteger(value) ? '!!int' : '!!float';
}

/** Replaces all references in a text; a text that is one reference becomes the value itself. `$$` is one sign. */
function expand(text: string, values: ReadonlyMap<string, unknown>, used: Set<string>): unknown {
  const value = (name: string): unknown => {
    const found = values.get(name);
    if (!values.has(name) || (typeof found === 'object' && found !== null)) return `$(${name})`;
    used.add(name);
    return found;
  };
  const whole = /^\$\(([^)]*)\)$/.exec(text)?.[1];
  if (whole !== undefined) return value(whole);
  return text.replace(/\$(?:\(([^)]*)\)|(\$)|(.))?/gs, (match, name?: string, dollar?: string) => {
    if (name !== undefined) return String(value(name));
    return dollar === undefined ? match : '$';
  });
}
