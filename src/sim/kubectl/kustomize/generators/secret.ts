import type { Generator } from '../generator.js';
import { argumentsFrom, baseObject, fillField, finish, mergedOptions } from '../sources/base-object.js';
import { wrappedBase64 } from '../sources/base64.js';
import { loadPairs } from '../sources/pairs.js';
import { fieldOrNew, setField } from '../tree/fields.js';
import { stringNode } from '../tree/node.js';

/** `secretGenerator`: everything in base64. */
export const secret: Generator = {
  kind: 'SecretGenerator',
  settings: (file) => (file.secretGenerator ?? []).map((entry) => mergedOptions(entry, file.generatorOptions)),
  configure: (settings, loader) => () => {
    const entry = argumentsFrom(settings);
    const node = baseObject('Secret', entry);
    setField(node, 'type', stringNode(entry.type || 'Opaque'));
    const pairs = loadPairs(loader, entry);
    fieldOrNew(node, 'data', 'mapping');
    for (const [key, bytes] of pairs) fillField(node, 'data', key, stringNode(wrappedBase64(bytes)));
    return [finish(node, entry)];
  },
};
