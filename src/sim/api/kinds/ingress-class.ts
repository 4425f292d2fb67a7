/** networking.k8s.io/v1 IngressClass. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, required, tooLong } from '../field-error.js';
import { utf8Length } from '../go-text.js';
import { dns1123Label, dns1123Subdomain } from '../names.js';
import type { IngressClass, IngressClassParameters } from '../types/networking.js';
import { requiredSegment } from './ingress-rules.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';
import { checkText, domainPrefixedPath, immutable, oneOf, validateMeta, validateMetaUpdate } from './meta.js';

const CONTROLLER_BYTES_MAX = 250;
const DEFAULT_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/** The strategy of ingress classes. */
export const ingressClassKind: ApiKind = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  namespaced: false,
  applyDefaults: (object) => {
    const { parameters } = (object as IngressClass).spec;
    if (parameters) parameters.scope ??= 'Cluster';
  },
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  prepareUpdate: (object, old) => countGeneration(object, old, specChanged(object, old)),
  validateCreate: (object) => validateClass(object as IngressClass),
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...immutable(
      'spec.controller',
      (object as IngressClass).spec.controller ?? '',
      (old as IngressClass).spec.controller ?? '',
    ),
    ...validateClass(object as IngressClass),
  ],
  printer: {
    columns: [
      column('Name'),
      column('Controller', 'string', 0, 'Controller that is responsible for handling this class'),
      column('Parameters', 'string', 0, 'A reference to a resource with additional parameters'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as IngressClass;
      const isDefault = metadata.annotations?.[DEFAULT_ANNOTATION] === 'true';
      const name = isDefault ? `${metadata.name} (default)` : metadata.name;
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [name, spec.controller ?? '', parametersOf(spec.parameters), age] }];
    },
  },
});

function parametersOf(parameters: IngressClassParameters | undefined): string {
  if (!parameters) return '<none>';
  const group = typeof parameters.apiGroup === 'string' ? `.${parameters.apiGroup}` : '';
  return `${parameters.kind}${group}/${parameters.name}`;
}

function validateClass(object: IngressClass): FieldError[] {
  const { controller = '', parameters } = object.spec;
  const errors = validateMeta(object, false);
  if (utf8Length(controller) > CONTROLLER_BYTES_MAX) errors.push(tooLong('spec.controller', CONTROLLER_BYTES_MAX));
  errors.push(...domainPrefixedPath('spec.controller', controller));
  return parameters ? [...errors, ...validateParameters('spec.parameters', parameters)] : errors;
}

function validateParameters(path: string, parameters: IngressClassParameters): FieldError[] {
  const { apiGroup, kind, name, scope, namespace } = parameters;
  const errors = typeof apiGroup === 'string' ? checkText(`${path}.apiGroup`, apiGroup, dns1123Subdomain) : [];
  errors.push(...requiredSegment(`${path}.kind`, kind), ...requiredSegment(`${path}.name`, name));
  if (typeof scope !== 'string') return [...errors, required(`${path}.scope`)];
  errors.push(...oneOf(`${path}.scope`, scope, ['Cluster', 'Namespace']));
  const at = `${path}.namespace`;
  if (scope === 'Namespace' && namespace === undefined) {
    errors.push(required(at, "`parameters.scope` is set to 'Namespace'"));
  } else if (scope === 'Namespace') errors.push(...checkText(at, namespace ?? '', dns1123Label));
  else if (scope === 'Cluster' && namespace !== undefined) {
    errors.push(forbidden(at, "`parameters.scope` is set to 'Cluster'"));
  }
  return errors;
}
