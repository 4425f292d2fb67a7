/** scheduling.k8s.io/v1 PriorityClass. */

import { ageOf } from '../duration.js';
import { type FieldError, forbidden } from '../field-error.js';
import type { KubeObject } from '../object.js';
import { ownField } from '../set-field.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { immutable, requiredOneOf, validateMeta, validateMetaUpdate } from './meta.js';

interface PriorityClass extends KubeObject {
  value: number;
  globalDefault?: boolean;
  preemptionPolicy?: string;
}

const SYSTEM_PREFIX = 'system-';
const USER_VALUE_MAX = 1_000_000_000;
const SYSTEM_VALUES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};
const POLICIES = ['PreemptLowerPriority', 'Never'];

/** The strategy of priority classes. */
export const priorityClassKind: ApiKind = defineKind({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  namespaced: false,
  shortNames: ['pc'],
  applyDefaults: (object) => {
    (object as PriorityClass).preemptionPolicy ??= 'PreemptLowerPriority';
  },
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  validateCreate: (object) => validate(object as PriorityClass),
  validateUpdate: (object, old) => validateUpdate(object as PriorityClass, old as PriorityClass),
  printer: {
    columns: [
      column('Name'),
      column('Value', 'integer', 0, 'scheduling.v1.PriorityClass.value'),
      column('Global-Default', 'boolean', 0, 'scheduling.v1.PriorityClass.globalDefault'),
      column('Age'),
      column('PreemptionPolicy', 'string', 0, 'scheduling.v1.PriorityClass.preemptionPolicy'),
    ],
    rows: (object, now) => {
      const { metadata, value, globalDefault = false, preemptionPolicy = '' } = object as PriorityClass;
      return [
        { cells: [metadata.name, value, globalDefault, ageOf(metadata.creationTimestamp, now), preemptionPolicy] },
      ];
    },
  },
});

function validate(object: PriorityClass): FieldError[] {
  const errors = validateMeta(object, false);
  const { name = '' } = object.metadata;
  if (name.startsWith(SYSTEM_PREFIX)) {
    const why = systemError(name, object);
    if (why !== undefined) {
      const words = `priority class names with '${SYSTEM_PREFIX}' prefix are reserved for system use only. error: ${why}`;
      errors.push(forbidden('metadata.name', words));
    }
  } else if (object.value > USER_VALUE_MAX) {
    errors.push(forbidden('value', `maximum allowed value of a user defined priority is ${USER_VALUE_MAX}`));
  }
  if (object.preemptionPolicy !== undefined) {
    errors.push(...requiredOneOf('preemptionPolicy', object.preemptionPolicy, POLICIES));
  }
  return errors;
}

/** Why a class may not have a system class's name; undefined when it is that class. */
function systemError(name: string, { value, globalDefault = false }: PriorityClass): string | undefined {
  const expected = ownField(SYSTEM_VALUES, name);
  if (expected === undefined) return `${name} is not a known system priority class`;
  if (value !== expected) return `value of ${name} PriorityClass must be ${expected}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

function validateUpdate(object: PriorityClass, old: PriorityClass): FieldError[] {
  return [
    ...validateMetaUpdate(object, old),
    ...(object.value === old.value ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...immutable('preemptionPolicy', object.preemptionPolicy, old.preemptionPolicy),
  ];
}
