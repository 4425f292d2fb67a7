/** resource.k8s.io/v1 DeviceClass. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid } from '../field-error.js';
import { labelKey, type NameRule, nameIsSubdomain } from '../names.js';
import type { DeviceClass } from '../types/devices.js';
import { CONFIG_MAX, SELECTORS_MAX, validateConfiguration, validateSelector } from './device/claim-rules.js';
import { validateItems } from './device/list-rules.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';

/** The strategy of device classes. */
export const deviceClassKind: ApiKind = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  namespaced: false,
  returnsDeleted: true,
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  validateCreate: (object) => validateClass(object as DeviceClass),
  prepareUpdate: (object, old) => countGeneration(object, old, specChanged(object, old)),
  validateUpdate: (object, old) => {
    const errors = validateClass(object as DeviceClass);
    const meta = validateMeta(object, false, nameInBytes);
    return [...meta, ...validateMetaUpdate(object, old), ...errors.slice(meta.length)];
  },
  printer: {
    columns: [column('Name'), column('Age')],
    rows: ({ metadata }, now) => [{ cells: [metadata.name, ageOf(metadata.creationTimestamp, now)] }],
  },
});

/** This kind's names are counted in bytes, and messages say so. */
const nameInBytes: NameRule = (name, prefix) =>
  nameIsSubdomain(name, prefix).map((words) => words.replace(/^(must be no more than \d+) characters$/, '$1 bytes'));

function validateClass(one: DeviceClass): FieldError[] {
  const { selectors, config, extendedResourceName: name } = one.spec;
  const errors = [
    ...validateMeta(one, false, nameInBytes),
    ...validateItems('spec.selectors', selectors, SELECTORS_MAX, validateSelector),
    ...validateItems('spec.config', config, CONFIG_MAX, validateConfiguration),
  ];
  if (name === undefined || isExtendedResourceName(name)) return errors;
  return [...errors, invalid('spec.extendedResourceName', name, 'must be a valid extended resource name')];
}

/** A resource of somebody's own, such as example.com/gpu. */
function isExtendedResourceName(name: string): boolean {
  const native = !name.includes('/') || name.includes('kubernetes.io/');
  return !native && !name.startsWith('requests.') && labelKey(`requests.${name}`).length === 0;
}
