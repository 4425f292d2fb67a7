import { affix } from '../changes/affixes.js';
import type { FieldSpec } from '../config/field-spec.js';
import { KustomizeError } from '../error.js';
import type { Transformer } from '../transformer.js';

/** `namePrefix`: before the names of all objects but namespaces, definitions and API services. */
export const namePrefix: Transformer = {
  kind: 'PrefixTransformer',
  settings: (file, configuration) =>
    file.namePrefix ? [{ prefix: file.namePrefix, fieldSpecs: configuration.namePrefix }] : [],
  configure: (settings) => {
    const { prefix = '', fieldSpecs } = settings as { prefix?: string; fieldSpecs?: readonly FieldSpec[] };
    if (fieldSpecs === undefined) throw new KustomizeError('fieldSpecs is not expected to be nil');
    return ({ list }) => {
      for (const resource of list) affix(resource, fieldSpecs, prefix, 'before');
    };
  },
};
