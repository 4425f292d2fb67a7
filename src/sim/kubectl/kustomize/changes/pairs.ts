import { type FieldSpec, visitFields } from '../config/field-spec.js';
import { setField } from '../tree/fields.js';
import { type Node, stringNode } from '../tree/node.js';

/** Sets pairs in the mappings that specs lead to. */
export function setPairs(node: Node, pairs: Readonly<Record<string, string>>, specs: readonly FieldSpec[]): void {
  for (const key of Object.keys(pairs).sort()) {
    const change = (mapping: Node): void => setField(mapping, key, { ...stringNode(pairs[key] ?? ''), style: 'plain' });
    visitFields(node, specs, change, { kind: 'mapping', tag: '!!map' });
  }
}
