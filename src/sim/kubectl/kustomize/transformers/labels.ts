import { setPairs } from '../changes/pairs.js';
import { type FieldSpec, mergeSpec, mergeSpecs } from '../config/field-spec.js';
import { within } from '../error.js';
import type { Transformer } from '../transformer.js';

/** `labels` and `commonLabels`: on objects, and if they should, in templates and selectors. */
export const labels: Transformer = {
  kind: 'LabelTransformer',
  settings: ({ labels: list = [], commonLabels = {} }, configuration) => {
    const chosen = list.map(({ pairs = {}, fields = [], includeSelectors, includeTemplates }) => ({
      labels: pairs,
      fieldSpecs: within('failed to merge labels', () => {
        const specs = mergeSpecs(fields, configuration.labels);
        if (includeSelectors) return mergeSpecs(specs, configuration.commonLabels);
        const wider = includeTemplates ? mergeSpecs(specs, configuration.templateLabels) : specs;
        return mergeSpec(wider, { path: 'metadata/labels', create: true });
      }),
    }));
    return list.length === 0 && Object.keys(commonLabels).length === 0
      ? []
      : [...chosen, { labels: commonLabels, fieldSpecs: configuration.commonLabels }];
  },
  configure: (settings) => {
    const { labels: pairs = {}, fieldSpecs = [] } = settings as {
      labels?: Readonly<Record<string, string>>;
      fieldSpecs?: readonly FieldSpec[];
    };
    return (resources) => {
      for (const { node } of resources.list) setPairs(node, pairs, fieldSpecs);
    };
  },
};
