import type { BackReferences } from '../config/default-references.js';
import { type FieldSpec, visitField } from '../config/field-spec.js';
import { KustomizeError, within } from '../error.js';
import type { Resource } from '../resource/resource.js';
import { idText, isSelected } from '../resource/resource-id.js';
import type { ResourceMap } from '../resource/resource-map.js';
import { fieldOf, setField, setScalar } from '../tree/fields.js';
import { isMissing, type Node, scalar } from '../tree/node.js';
import { candidatesIn, chooseReferral, type Reference } from './referral.js';

/** Puts the present names of objects where others refer to them by their former ones. */
export function fixReferences(resources: ResourceMap, references: readonly BackReferences[]): void {
  for (const referrer of resources.list) {
    const id = referrer.originalId;
    const candidates = resources.referableBy(referrer);
    for (const { fieldSpecs, ...target } of references) {
      for (const spec of fieldSpecs) {
        if (isSelected(id, spec)) fixField({ referrer, candidates, target, path: spec.path ?? '' }, spec);
      }
    }
  }
}

function fixField(reference: Reference, spec: FieldSpec): void {
  const { referrer, path } = reference;
  within(
    (message) => `updating name reference in '${path}' field of '${idText(referrer.id)}': ${message}`,
    () => visitField(referrer.node, { ...spec, ...referrer.gvk }, (node) => fixNode(node, reference)),
  );
}

function fixNode(node: Node, reference: Reference): void {
  if (isMissing(node)) return;
  if (node.kind === 'scalar') return fixName(node, reference);
  if (node.kind === 'mapping') return fixNameAndNamespace(node, reference);
  for (const item of node.content) {
    if (isMissing(item)) continue;
    if (item.kind === 'sequence') {
      throw new KustomizeError('a list is expected to be either a string or a map of string');
    }
    fixNode(item, reference);
  }
}

function fixName(node: Node, reference: Reference): void {
  const found = chooseReferral(reference, node.value, reference.candidates, (a, b) => a.name === b.name);
  if (found !== undefined && found.name !== node.value) setScalar(node, scalar(found.name));
}

/** A mapping says in which namespace to look, and is told where the object is now. */
function fixNameAndNamespace(node: Node, reference: Reference): void {
  const name = fieldOf(node, 'name');
  if (name === undefined) throw new KustomizeError("path config error; no 'name' field in node");
  const namespace = fieldOf(node, 'namespace');
  const candidates = namespace ? candidatesIn(reference.candidates, namespace.value) : reference.candidates;
  const same = (a: Resource, b: Resource): boolean => a.name === b.name && a.namespace === b.namespace;
  const found = chooseReferral(reference, name.value, candidates, same);
  if (found === undefined || (found.name === name.value && found.namespace === '')) return;
  setField(node, 'name', scalar(found.name));
  if (found.namespace !== '') setField(node, 'namespace', scalar(found.namespace));
}
