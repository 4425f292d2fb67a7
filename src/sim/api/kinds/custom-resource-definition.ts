/** apiextensions.k8s.io/v1 CustomResourceDefinition, as it is stored. */
import type { CustomResourceDefinition } from '../types/custom-resource-definition.js';
import { formatWarnings } from './custom-resource-definition/format-warnings.js';
import { validateNames } from './custom-resource-definition/name-rules.js';
import { validateDefinition } from './custom-resource-definition/spec-rules.js';
import { type ApiKind, countGeneration, defineKind, keepStatus, specChanged, withStatus } from './kind.js';
import { validateMetaUpdate } from './meta.js';

const PORT = 443;

/** The strategy of definitions of kinds. */
export const customResourceDefinitionKind: ApiKind = defineKind({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  storagePrefix: 'apiextensions.k8s.io/customresourcedefinitions',
  subresourceFacts: withStatus(),
  unconditionalUpdate: false,
  applyDefaults: (object) => applyDefaults(object as CustomResourceDefinition),
  prepareCreate: (object) => {
    const { spec } = object as CustomResourceDefinition;
    const stored = spec.versions?.find(({ storage }) => storage)?.name;
    object['status'] = {
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: stored === undefined ? null : [stored],
    };
    if (spec.preserveUnknownFields === false) delete spec.preserveUnknownFields;
    object.metadata.generation = 1;
  },
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    const { spec, status } = object as CustomResourceDefinition;
    if (spec.preserveUnknownFields === false) delete spec.preserveUnknownFields;
    countGeneration(object, old, specChanged(object, old));
    const stored = spec.versions?.find(({ storage }) => storage)?.name;
    if (!status || stored === undefined || status.storedVersions?.includes(stored)) return;
    object['status'] = { ...status, storedVersions: [...(status.storedVersions ?? []), stored] };
  },
  validateCreate: (object) => validateDefinition(object as CustomResourceDefinition),
  validateUpdate: (object, old) =>
    validateDefinition(object as CustomResourceDefinition, old as CustomResourceDefinition),
  warnings: (object, old) =>
    formatWarnings(object as CustomResourceDefinition, old as CustomResourceDefinition | undefined),
  validateStatus: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateNames('status.acceptedNames', (object as CustomResourceDefinition).status?.acceptedNames),
  ],
});

function applyDefaults(definition: CustomResourceDefinition): void {
  const { names } = definition.spec;
  names.singular ||= names.kind.toLowerCase();
  if (names.kind) names.listKind ||= `${names.kind}List`;
  definition.spec.conversion ??= { strategy: 'None' };
  const { status } = definition;
  if (status && (status.storedVersions ?? []).length === 0) {
    status.storedVersions = (definition.spec.versions ?? []).filter(({ storage }) => storage).map(({ name }) => name);
  }
  const service = definition.spec.conversion.webhook?.clientConfig?.service;
  if (service) service.port ??= PORT;
}
