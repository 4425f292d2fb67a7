import { setPairs } from '../changes/pairs.js';
import type { FieldSpec } from '../config/field-spec.js';
import type { Transformer } from '../transformer.js';

/** `commonAnnotations`: on all objects and in pod templates. */
export const annotations: Transformer = {
  kind: 'AnnotationsTransformer',
  settings: ({ commonAnnotations = {} }, configuration) =>
    Object.keys(commonAnnotations).length === 0
      ? []
      : [{ annotations: commonAnnotations, fieldSpecs: configuration.commonAnnotations }],
  configure: (settings) => {
    const { annotations: pairs = {}, fieldSpecs = [] } = settings as PairSettings;
    return ({ list }) => {
      for (const { node } of list) setPairs(node, pairs, fieldSpecs);
    };
  },
};

interface PairSettings {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly fieldSpecs?: readonly FieldSpec[];
}
