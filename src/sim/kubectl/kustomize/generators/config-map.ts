import type { GeneratorArguments } from '../file/kustomization.js';
import type { Generator } from '../generator.js';
import { argumentsFrom, baseObject, fillField, finish, mergedOptions } from '../sources/base-object.js';
import { decodedText, wrappedBase64 } from '../sources/base64.js';
import { loadPairs } from '../sources/pairs.js';
import { stringNode } from '../tree/node.js';

/** `configMapGenerator`: what is no text goes into `binaryData`. */
export const configMap: Generator = {
  kind: 'ConfigMapGenerator',
  settings: (file) => (file.configMapGenerator ?? []).map((entry) => mergedOptions(entry, file.generatorOptions)),
  configure: (settings, loader) => () => {
    const entry: GeneratorArguments = argumentsFrom(settings);
    const node = baseObject('ConfigMap', entry);
    for (const [key, bytes] of loadPairs(loader, entry)) {
      const text = decodedText(bytes);
      if (text !== undefined) fillField(node, 'data', key, stringNode(text));
      else fillField(node, 'binaryData', key, stringNode(wrappedBase64(bytes)));
    }
    return [finish(node, entry)];
  },
};
