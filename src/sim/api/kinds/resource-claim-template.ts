/** resource.k8s.io/v1 ResourceClaimTemplate. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, invalid } from '../field-error.js';
import { internalForm } from '../internal-form.js';
import { type ObjectMeta, semanticEqual } from '../object.js';
import type { ResourceClaimTemplate } from '../types/devices.js';
import { defaultDeviceClaim, validateDeviceClaim } from './device/claim-rules.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { validateAnnotations, validateLabels, validateMeta, validateMetaUpdate } from './meta.js';

/** Metadata that a template cannot give, in the order of its type. */
const REFUSED_METADATA = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uID',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** The strategy of templates of claims. */
export const resourceClaimTemplateKind: ApiKind = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaimTemplate',
  plural: 'resourceclaimtemplates',
  namespaced: true,
  returnsDeleted: true,
  applyDefaults: (object) => defaultDeviceClaim((object as ResourceClaimTemplate).spec.spec?.devices ?? {}),
  validateCreate: (object) => validateTemplate(object as ResourceClaimTemplate),
  validateUpdate: (object, old) => {
    const errors = [...validateTemplate(object as ResourceClaimTemplate), ...validateMetaUpdate(object, old)];
    if (semanticEqual(object['spec'], old['spec'])) return errors;
    const shown = internalForm('resource.v1.ResourceClaimTemplateSpec', (object as ResourceClaimTemplate).spec);
    return [...errors, invalid('spec', shown, 'field is immutable')];
  },
  printer: {
    columns: [column('Name'), column('Age')],
    rows: ({ metadata }, now) => [{ cells: [metadata.name, ageOf(metadata.creationTimestamp, now)] }],
  },
});

function validateTemplate(template: ResourceClaimTemplate): FieldError[] {
  const { metadata, spec } = template.spec;
  return [
    ...validateMeta(template, true),
    ...validateTemplateMeta('spec.metadata', metadata ?? {}),
    ...validateDeviceClaim('spec.spec.devices', spec?.devices ?? {}),
  ];
}

/** Templates give labels and annotations, nothing else (ValidateTemplateObjectMeta). */
function validateTemplateMeta(path: string, metadata: ObjectMeta): FieldError[] {
  const refused = REFUSED_METADATA.filter((field) => {
    const value = metadata[(field === 'uID' ? 'uid' : field) as keyof ObjectMeta];
    return value !== undefined && value !== null && value !== '' && value !== 0;
  });
  return [
    ...validateAnnotations(metadata.annotations, `${path}.annotations`),
    ...validateLabels(metadata.labels, `${path}.labels`),
    ...refused.map((field) => forbidden(`${path}.${field}`, 'cannot be set')),
  ];
}
