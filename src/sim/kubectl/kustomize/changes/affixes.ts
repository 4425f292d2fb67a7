import { type FieldSpec, visitField } from '../config/field-spec.js';
import { NOTES, type Resource } from '../resource/resource.js';
import { type Gvk, isSelected } from '../resource/resource-id.js';
import { setScalar } from '../tree/fields.js';
import { type Node, STRING, scalar } from '../tree/node.js';

/** Kinds whose names mean something, so that they stay. */
const UNTOUCHED: readonly Partial<Gvk>[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

/** Puts a word before or after the names specs lead to, and notes both word and former name. */
export function affix(resource: Resource, specs: readonly FieldSpec[], word: string, where: 'before' | 'after'): void {
  const id = resource.originalId;
  if (UNTOUCHED.some((kind) => isSelected(id, kind))) return;
  const change = (node: Node): void => {
    setScalar(node, scalar(where === 'before' ? `${word}${node.value}` : `${node.value}${word}`));
  };
  for (const spec of specs) {
    if (!isSelected(id, spec)) continue;
    if (spec.path === 'metadata/name') {
      resource.appendNote(where === 'before' ? NOTES.prefixes : NOTES.suffixes, word);
      if (word !== '') resource.storePreviousId();
    }
    visitField(resource.node, spec, change, { kind: 'scalar', tag: STRING });
  }
}
