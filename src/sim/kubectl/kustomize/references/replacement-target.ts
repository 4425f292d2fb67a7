import { KustomizeError, within } from '../error.js';
import type { FieldOptions, Replacement } from '../file/kustomization.js';
import type { Resource } from '../resource/resource.js';
import type { ResourceId } from '../resource/resource-id.js';
import { type CompiledSelector, compileSelector, fitsLabels, type Selector } from '../resource/selector.js';
import { matchPath } from '../tree/match-path.js';
import { assign, copyNode, type Node, type NodeKind, textOf } from '../tree/node.js';
import { splitFieldPath } from '../tree/path.js';
import { replaceInText } from './structured-text.js';

type Target = NonNullable<Replacement['targets']>[number];

/** Copies a value into all targets. Throws KustomizeError for a field that is not there. */
export function replaceTargets(resources: readonly Resource[], value: Node, targets: readonly Target[]): void {
  for (const target of targets) {
    const { select, reject = [] } = target;
    if (select === undefined) throw new KustomizeError('target must specify resources to select');
    const [chooses, ...rejects] = within('error creating target selector', () =>
      [select, ...reject].map((each) => ({ selector: each, compiled: compileSelector(each) })),
    );
    for (const resource of resources) {
      const ids = [resource.id, ...resource.previousIds];
      if (!fitsLabels(resource, select) || rejects.some((each) => isRejected(resource, ids, each))) continue;
      if (chooses && ids.some((id) => fits(chooses.compiled, id))) replaceFields(resource.node, value, target);
    }
  }
}

interface Choice {
  readonly selector: Selector;
  readonly compiled: CompiledSelector;
}

function isRejected(resource: Resource, ids: readonly ResourceId[], { selector, compiled }: Choice): boolean {
  const { labelSelector, annotationSelector, ...rest } = selector;
  if ((labelSelector || annotationSelector) && fitsLabels(resource, selector)) return true;
  return Object.values(rest).some((part) => part !== '') && ids.some((id) => fits(compiled, id));
}

function fits(compiled: CompiledSelector, id: ResourceId): boolean {
  return compiled.fitsGvk(id) && compiled.fitsName(id.name) && compiled.fitsNamespace(id.namespace);
}

function replaceFields(node: Node, value: Node, { fieldPaths = [], options }: Target): void {
  const create: NodeKind | undefined = options?.create ? value.kind : undefined;
  for (const path of fieldPaths.length === 0 ? ['metadata.name'] : fieldPaths) {
    if (replaceInText(node, value, path, create)) continue;
    const what = `unable to find ${create ? 'or create ' : ''}field "${path}" in replacement target`;
    const found = within(what, () => matchPath(node, splitFieldPath(path), create)) ?? [];
    if (found.length === 0) throw new KustomizeError(what);
    for (const field of found) replaceField(field, value, options);
  }
}

/** A scalar keeps its type: only its text is copied. */
function replaceField(field: Node, source: Node, options: FieldOptions | undefined): void {
  const value = copyNode(source);
  if (options?.delimiter) {
    if (field.kind !== 'scalar') throw new KustomizeError('delimiter option can only be used with scalar nodes');
    const parts = field.value.split(options.delimiter);
    const index = options.index ?? 0;
    if (index < 0) parts.unshift(textOf(value));
    else if (index >= parts.length) parts.push(textOf(value));
    else parts[index] = textOf(value);
    value.value = parts.join(options.delimiter);
  }
  if (field.kind === 'scalar') field.value = value.value;
  else assign(field, value);
}
