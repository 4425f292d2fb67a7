/** core/v1 PodTemplate. */
import { formatLabels } from '../labels.js';
import { semanticEqual } from '../object.js';
import type { PodTemplate } from '../types/workloads.js';
import { type ApiKind, column, countGeneration, defineKind } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { defaultPodSpec } from './pod/pod-defaults.js';
import { validatePodTemplate } from './pod/pod-spec-rules.js';
import { podTemplateWarnings } from './pod/pod-warnings.js';
import { containerCells } from './workload-rules.js';

/** The strategy of pod templates. */
export const podTemplateKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  namespaced: true,
  returnsDeleted: true,
  applyDefaults: (object) => {
    const { spec } = (object as PodTemplate).template;
    if (spec) defaultPodSpec(spec);
  },
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  validateCreate: (object) => [
    ...validateMeta(object, true),
    ...validatePodTemplate((object as PodTemplate).template, 'template'),
  ],
  prepareUpdate: (object, old) => {
    const changed = !semanticEqual((object as PodTemplate).template, (old as PodTemplate).template);
    countGeneration(object, old, changed);
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validatePodTemplate((object as PodTemplate).template, 'template'),
  ],
  warnings: (object, old) => {
    if (old && old.metadata.generation === object.metadata.generation) return [];
    return podTemplateWarnings('template', (object as PodTemplate).template);
  },
  printer: {
    columns: [
      column('Name'),
      column('Containers'),
      column('Images'),
      column('Pod Labels', 'string', 0, 'The labels for the pod template.'),
    ],
    rows: (object) => {
      const { metadata, template } = object as PodTemplate;
      return [{ cells: [metadata.name, ...containerCells(template), formatLabels(template.metadata?.labels)] }];
    },
  },
});
