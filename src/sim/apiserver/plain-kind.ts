import { unknownFieldLabel } from '../api/field-selectors.js';
import type { KubeObject } from '../api/object.js';
import type { ApiVerb, ServedKind } from './served-kind.js';

const VERBS: readonly ApiVerb[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** What must be said of a kind; the rest is as most kinds have it. */
export type KindFacts = Pick<ServedKind, 'group' | 'version' | 'kind' | 'plural' | 'namespaced'> & Partial<ServedKind>;

/** A kind without a strategy of its own: nothing is defaulted or validated, the generation counts changes of the spec. */
export function plainKind(facts: KindFacts): ServedKind {
  return {
    singular: facts.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    verbs: VERBS,
    subresources: [],
    storagePrefix: facts.plural,
    createOnUpdate: false,
    unconditionalUpdate: true,
    returnsDeleted: false,
    defaultPropagation: 'Background',
    fieldLabels: ['metadata.name', 'metadata.namespace'],
    gracefulKind: false,
    applyDefaults: () => {},
    prepareCreate: () => {},
    validateCreate: () => [],
    prepareUpdate: () => {},
    validateUpdate: () => [],
    prepareStatus: keepAllButStatus,
    validateStatus: () => [],
    warnings: () => [],
    selectableFields: ({ metadata }) => ({
      'metadata.name': metadata.name ?? '',
      'metadata.namespace': metadata.namespace ?? '',
    }),
    fieldLabelError: unknownFieldLabel,
    gracePeriod: () => undefined,
    ...facts,
  };
}

/** A write to the status subresource changes the status alone, and metadata as far as that is allowed. */
export function keepAllButStatus(object: KubeObject, old: KubeObject): void {
  for (const key of Object.keys(object)) if (!(key in old) && key !== 'status') delete object[key];
  for (const key of Object.keys(old)) if (key !== 'status' && key !== 'metadata') object[key] = old[key];
}
