import { KustomizeError } from '../error.js';
import { emitNode } from '../tree/emit.js';
import { fieldNames, fieldOf, requireKind, setField } from '../tree/fields.js';
import { isMissing, type Node } from '../tree/node.js';
import { directiveOf } from './directive.js';
import { mergeItems } from './lists.js';
import { type MergeSchema, schemaOfField, schemaOfKind } from './schema.js';

/** Merges a strategic patch into an object; undefined when the patch deletes it. Both trees may be changed. */
export function mergePatch(target: Node, patch: Node): Node | undefined {
  return mergeNodes(target, patch, schemaOfObject(target) ?? schemaOfObject(patch));
}

function schemaOfObject(node: Node): MergeSchema | undefined {
  const text = (name: string): string => fieldOf(node, name)?.value ?? '';
  return schemaOfKind(text('apiVersion'), text('kind'));
}

/** Merges what a patch says of one node into what is there; undefined when nothing is left. */
function mergeNodes(
  target: Node | undefined,
  patch: Node | undefined,
  schema: MergeSchema | undefined,
): Node | undefined {
  const first = [target, patch].find((node) => !isMissing(node));
  const kind = first?.kind ?? 'mapping';
  if (first !== undefined) {
    requireKind(target, kind);
    requireKind(patch, kind);
  }
  if (kind === 'mapping') return mergeMappings(target, patch, schema);
  if (kind === 'scalar') return patch ?? target;
  if (schema?.keys === undefined) return patch ?? target;
  const base = baseOf(target, patch);
  return base && mergeItems(base, patch, schema, mergeNodes);
}

function mergeMappings(
  target: Node | undefined,
  patch: Node | undefined,
  schema: MergeSchema | undefined,
): Node | undefined {
  const base = isMissing(target) ? baseOfMissing(target, patch) : baseOf(target, patch);
  if (base === undefined) return undefined;
  const names = new Set([base, patch].flatMap((node) => (node?.kind === 'mapping' ? fieldNames(node) : [])));
  for (const name of [...names].sort()) {
    const merged = mergeNodes(fieldOf(base, name), fieldOf(patch, name), schemaOfField(schema, name));
    setField(base, name, merged);
  }
  return base;
}

/** Where there is nothing, the patch is what comes to be; a null that is there and not patched stays. */
function baseOfMissing(target: Node | undefined, patch: Node | undefined): Node | undefined {
  const directive = patch === undefined || patch.kind === 'scalar' ? 'merge' : directiveOf(patch);
  if (directive === 'delete') return undefined;
  const written = target as Node | undefined;
  if (patch === undefined && written !== undefined && written.value !== '') return { ...written, keep: true };
  return patch;
}

function baseOf(target: Node | undefined, patch: Node | undefined): Node | undefined {
  if (isMissing(target)) return patch;
  if (patch?.tag === '!!null') return undefined;
  if (patch?.kind === 'scalar') {
    throw new KustomizeError(`no implemented strategic merge patch strategy for '${patch.tag}' ('${emitNode(patch)}')`);
  }
  const directive = patch === undefined ? 'merge' : directiveOf(patch);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : target;
}
