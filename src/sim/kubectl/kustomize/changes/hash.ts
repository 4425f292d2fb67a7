import { compactJson } from '../../../api/yaml/json-writer.js';
import { contentHash } from '../../generate/hash.js';
import { NOTES, type Resource } from '../resource/resource.js';
import { emitNode } from '../tree/emit.js';
import { fieldOf } from '../tree/fields.js';
import { toValue } from '../tree/values.js';

/** Ends the names of generated objects in a hash of what they hold. */
export function addHashes(resources: readonly Resource[]): void {
  for (const resource of resources) {
    if (!resource.isEnabled(NOTES.needsHash)) continue;
    const hash = contentHash(encoded(resource));
    resource.storePreviousId();
    resource.name = `${resource.name}-${hash}`;
  }
}

/** What is hashed. The name is left empty, so that prefixes change nothing; a missing part is an empty text. */
function encoded({ kind, node }: Resource): string {
  const part = (field: string): unknown => {
    const found = fieldOf(node, field);
    if (found === undefined) return '';
    return found.kind === 'scalar' ? found.value : toValue(found);
  };
  const ifMap = (field: string): object => (typeof part(field) === 'object' ? { [field]: part(field) } : {});
  if (kind === 'ConfigMap') return compactJson({ kind, name: '', data: part('data'), ...ifMap('binaryData') });
  if (kind === 'Secret') {
    return compactJson({ kind, type: part('type'), name: '', data: part('data'), ...ifMap('stringData') });
  }
  return emitNode(node);
}
