/** storage.k8s.io/v1 VolumeAttributesClass. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, required } from '../field-error.js';
import { deepEqual } from '../object.js';
import type { VolumeAttributesClass } from '../types/storage.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { validateParameters, validateProvisioner } from './storage-class.js';

/** The strategy of classes of volume attributes. */
export const volumeAttributesClassKind: ApiKind = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  namespaced: false,
  shortNames: ['vac'],
  returnsDeleted: true,
  validateCreate: (object) => validateClass(object as VolumeAttributesClass),
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...(['driverName', 'parameters'] as const).flatMap((field) =>
      deepEqual(object[field], old[field]) ? [] : [forbidden(field, `updates to ${field} are forbidden.`)],
    ),
    ...validateClass(object as VolumeAttributesClass),
  ],
  printer: {
    columns: [
      column('Name'),
      column('DriverName', 'string', 0, 'storage.v1.VolumeAttributesClass.driverName'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, driverName } = object as VolumeAttributesClass;
      return [{ cells: [metadata.name, driverName, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateClass(one: VolumeAttributesClass): FieldError[] {
  const parameters = one.parameters ?? {};
  const errors = [
    ...validateMeta(one, false),
    ...validateProvisioner('driverName', one.driverName),
    ...validateParameters('parameters', parameters),
  ];
  if (Object.keys(parameters).length > 0) return errors;
  return [...errors, required('parameters', 'must contain at least one key/value pair')];
}
