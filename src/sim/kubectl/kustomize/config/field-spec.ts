import { KustomizeError, within } from '../error.js';
import { Resource } from '../resource/resource.js';
import { type Gvk, gvkOf, idText, isSelected } from '../resource/resource-id.js';
import { fieldOrNew, getField } from '../tree/fields.js';
import { type Node, type NodeKind, NULL } from '../tree/node.js';
import { splitPath } from '../tree/path.js';

/** A place in the objects of some kinds: a path through mappings, with lists passed through item by item. */
export interface FieldSpec extends Partial<Gvk> {
  readonly path?: string;
  /** Make what is missing. */
  readonly create?: boolean;
}

/** What a missing field becomes. */
export interface Creation {
  readonly kind: NodeKind;
  readonly tag: string;
}

/** Calls `change` with each node a field spec leads to. Throws KustomizeError, naming the field and the object. */
export function visitField(node: Node, spec: FieldSpec, change: (node: Node) => void, creation?: Creation): void {
  const resource = new Resource(node);
  if (!isSelected(gvkOf(resource.apiVersion, resource.kind), spec)) return;
  const path = spec.path ?? '';
  within(
    (message) => `considering field '${path}' of object ${idText(resource.id)}: ${message}`,
    () => visit(node, splitPath(path, '/'), change, spec.create === true ? creation : undefined),
  );
}

/** The same for several specs. */
export function visitFields(
  node: Node,
  specs: readonly FieldSpec[],
  change: (node: Node) => void,
  creation?: Creation,
): void {
  for (const spec of specs) visitField(node, spec, change, creation);
}

function visit(node: Node, path: readonly string[], change: (node: Node) => void, creation?: Creation): void {
  const [part, ...rest] = path;
  if (part === undefined) return change(node);
  if (node.tag === NULL) return;
  if (node.kind === 'sequence') {
    const shown = path.join(' ');
    within(`visit traversal on path: [${shown}]`, () => {
      for (const item of node.content) visit(item, path, change, creation);
    });
    return;
  }
  if (node.kind === 'scalar') throw new KustomizeError('expected sequence or mapping node');
  const name = part.replace(/\[\]$/, '');
  if (name === '') throw new KustomizeError('cannot set or create an empty field name');
  const created = creation === undefined || name !== part ? undefined : rest.length === 0 ? creation : MAPPING;
  const field = within(`fieldName: ${name}`, () =>
    created === undefined ? getField(node, name) : fieldOrNew(node, name, created.kind),
  );
  if (field === undefined) return;
  const becomes = created ?? (name !== part ? { kind: 'sequence' as const, tag: '' } : undefined);
  if (field.tag === NULL && becomes !== undefined) {
    field.kind = becomes.kind;
    field.tag = becomes.tag;
  }
  visit(field, rest, change, creation);
}

const MAPPING: Creation = { kind: 'mapping', tag: '!!map' };

/** Adds a spec unless there is one for its path and kind. Throws when they disagree about making the field. */
export function mergeSpec(specs: readonly FieldSpec[], added: FieldSpec): FieldSpec[] {
  const same = specs.find(
    (spec) =>
      spec.path === added.path &&
      isSelected({ group: spec.group ?? '', version: spec.version ?? '', kind: spec.kind ?? '' }, added),
  );
  if (same === undefined) return [...specs, added];
  if ((same.create ?? false) !== (added.create ?? false)) throw new KustomizeError('conflicting fieldspecs');
  return [...specs];
}

/** The same for several. */
export function mergeSpecs(specs: readonly FieldSpec[], added: readonly FieldSpec[]): FieldSpec[] {
  return added.reduce((merged, spec) => mergeSpec(merged, spec), [...specs]);
}
