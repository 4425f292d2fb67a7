/** storage.k8s.io/v1 StorageClass. */
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, invalid, required, tooLong } from '../field-error.js';
import { givenField } from '../given-empties.js';
import { utf8Length } from '../go-text.js';
import { labelKey } from '../names.js';
import { deepEqual, type KubeObject } from '../object.js';
import { setField } from '../set-field.js';
import type { StorageClass, TopologySelectorTerm } from '../types/storage.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { checkText, immutable, oneOf, requiredOneOf, validateMeta, validateMetaUpdate } from './meta.js';
import { deprecatedNodeLabel } from './node-label-warnings.js';

const PARAMETERS_MAX = 512;
const PARAMETER_BYTES_MAX = 256 * 1024;
/** Annotations that make a class the one of claims that name none. */
const DEFAULT_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** The strategy of storage classes. */
export const storageClassKind: ApiKind = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  namespaced: false,
  shortNames: ['sc'],
  returnsDeleted: true,
  applyDefaults: (object) => {
    const storageClass = object as StorageClass;
    storageClass.reclaimPolicy ??= 'Delete';
    storageClass.volumeBindingMode ??= 'Immediate';
  },
  validateCreate: (object) => validateStorageClass(object as StorageClass),
  validateUpdate: (object, old) => [
    ...validateStorageClass(object as StorageClass),
    ...validateMetaUpdate(object, old),
    ...['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'].flatMap((field) =>
      immutable(field, givenField(object, field), old[field]),
    ),
  ],
  warnings: (object) =>
    ((object as StorageClass).allowedTopologies ?? []).flatMap(({ matchLabelExpressions = [] }, index) =>
      matchLabelExpressions.flatMap(({ key }, item) => {
        const why = deprecatedNodeLabel(key);
        return why ? [`allowedTopologies[${index}].matchLabelExpressions[${item}].key: ${why}`] : [];
      }),
    ),
  printer: {
    columns: [
      column('Name'),
      column('Provisioner', 'string', 0, 'storage.v1.StorageClass.provisioner'),
      column('ReclaimPolicy', 'string', 0, 'storage.v1.StorageClass.reclaimPolicy'),
      column('VolumeBindingMode', 'string', 0, 'storage.v1.StorageClass.volumeBindingMode'),
      column('AllowVolumeExpansion', 'string', 0, 'storage.v1.StorageClass.allowVolumeExpansion'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, provisioner, ...rest } = object as StorageClass;
      const name = isDefaultClass(object) ? `${metadata.name} (default)` : metadata.name;
      const age = ageOf(metadata.creationTimestamp, now);
      const { reclaimPolicy = 'Delete', volumeBindingMode = 'Immediate', allowVolumeExpansion = false } = rest;
      return [{ cells: [name, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion, age] }];
    },
  },
});

/** Whether a class is the one of claims that name none. */
export function isDefaultClass({ metadata }: KubeObject): boolean {
  return DEFAULT_ANNOTATIONS.some((key) => metadata.annotations?.[key] === 'true');
}

function validateStorageClass(storageClass: StorageClass): FieldError[] {
  const { provisioner, parameters, reclaimPolicy, volumeBindingMode, allowedTopologies = [] } = storageClass;
  return [
    ...validateMeta(storageClass, false),
    ...validateProvisioner('provisioner', provisioner),
    ...validateParameters('parameters', parameters ?? {}),
    ...(reclaimPolicy ? oneOf('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']) : []),
    ...(volumeBindingMode === ''
      ? oneOf('volumeBindingMode', '', BINDING_MODES)
      : requiredOneOf('volumeBindingMode', volumeBindingMode, BINDING_MODES)),
    ...validateTopologies(allowedTopologies),
  ];
}

const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer'];

/** The name of a driver. */
export function validateProvisioner(path: string, name: string): FieldError[] {
  return name ? checkText(path, name.toLowerCase(), labelKey) : [required(path)];
}

/** What a driver is told: not more than 512 texts or 256 KiB. */
export function validateParameters(path: string, parameters: Readonly<Record<string, string>>): FieldError[] {
  const entries = Object.entries(parameters);
  if (entries.length > PARAMETERS_MAX) return [tooLong(path, PARAMETERS_MAX)];
  const errors = entries.flatMap(([key]) => (key === '' ? [invalid(path, key, 'field can not be empty.')] : []));
  const bytes = entries.reduce((sum, [key, value]) => sum + utf8Length(key) + utf8Length(value), 0);
  if (bytes > PARAMETER_BYTES_MAX) errors.push(tooLong(path, PARAMETER_BYTES_MAX));
  return errors;
}

type Topology = Readonly<Record<string, readonly string[]>>;

/**
 * No two terms may say the same. The server compares with as many empty terms as there are terms, so that an empty one
 * is a duplicate as often.
 */
function validateTopologies(terms: readonly TopologySelectorTerm[]): FieldError[] {
  const seen: Topology[] = terms.map(() => ({}));
  return terms.flatMap((term, index) => {
    const at = `allowedTopologies[${index}].matchLabelExpressions`;
    const { topology, errors } = readTopology(at, term);
    for (const other of seen) if (deepEqual(other, topology)) errors.push(duplicate(at, ''));
    seen.push(topology);
    return errors;
  });
}

function readTopology(path: string, term: TopologySelectorTerm): { topology: Topology; errors: FieldError[] } {
  const topology: Record<string, readonly string[]> = {};
  const errors: FieldError[] = [];
  (term.matchLabelExpressions ?? []).forEach(({ key, values }, index) => {
    const at = `${path}[${index}]`;
    const given = values ?? [];
    if (given.length === 0) errors.push(required(`${at}.values`));
    given.forEach((value, item) => {
      if (given.indexOf(value) < item) errors.push(duplicate(`${at}.values[${item}]`, value));
    });
    errors.push(...checkText(`${at}.key`, key, labelKey));
    if (Object.hasOwn(topology, key)) errors.push(duplicate(`${at}.key`, key));
    setField(topology, key, [...new Set(given)].sort());
  });
  return { topology, errors };
}
