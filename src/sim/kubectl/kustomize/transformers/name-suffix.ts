import { affix } from '../changes/affixes.js';
import type { FieldSpec } from '../config/field-spec.js';
import { KustomizeError } from '../error.js';
import type { Transformer } from '../transformer.js';

/** `nameSuffix`: after the names of all objects but namespaces, definitions and API services. */
export const nameSuffix: Transformer = {
  kind: 'SuffixTransformer',
  settings: (file, configuration) =>
    file.nameSuffix ? [{ suffix: file.nameSuffix, fieldSpecs: configuration.nameSuffix }] : [],
  configure: (settings) => {
    const { suffix = '', fieldSpecs } = settings as { suffix?: string; fieldSpecs?: readonly FieldSpec[] };
    if (fieldSpecs === undefined) throw new KustomizeError('fieldSpecs is not expected to be nil');
    return ({ list }) => {
      for (const resource of list) affix(resource, fieldSpecs, suffix, 'after');
    };
  },
};
