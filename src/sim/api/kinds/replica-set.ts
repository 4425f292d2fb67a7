/** apps/v1 ReplicaSet. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import type { FieldError } from '../field-error.js';
import { formatSelectorObject } from '../labels.js';
import type { ReplicaSet } from '../types/workloads.js';
import {
  type ApiKind,
  column,
  countGeneration,
  defineKind,
  keepStatus,
  metadataFields,
  type Row,
  specChanged,
  withStatus,
} from './kind.js';
import { immutable, nonnegative, validateMeta, validateMetaUpdate } from './meta.js';
import { defaultPodSpec } from './pod/pod-defaults.js';
import {
  containerCells,
  validateCounts,
  validateReplicaCounts,
  validateSelectorAndTemplate,
  workloadWarnings,
} from './workload-rules.js';

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
const EMPTY_TEMPLATE = { spec: { containers: [] } };

/** The strategy of replica sets. */
export const replicaSetKind: ApiKind = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  namespaced: true,
  shortNames: ['rs'],
  categories: ['all'],
  subresourceFacts: withStatus({ name: 'scale', verbs: ['get', 'patch', 'update'], body: SCALE }),
  applyDefaults: (object) => {
    const { spec } = object as ReplicaSet;
    spec.replicas ??= 1;
    if (spec.template?.spec) defaultPodSpec(spec.template.spec);
  },
  prepareCreate: (object) => {
    object['status'] = { replicas: 0 };
    object.metadata.generation = 1;
  },
  validateCreate: (object) => [...validateMeta(object, true), ...validateSpec(object as ReplicaSet)],
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateSpec(object as ReplicaSet),
    ...immutable('spec.selector', (object as ReplicaSet).spec.selector, (old as ReplicaSet).spec.selector),
  ],
  validateStatus: (object, old) => [...validateMetaUpdate(object, old), ...validateStatus(object as ReplicaSet)],
  warnings: (object, old) => workloadWarnings(object, old, (object as ReplicaSet).spec.template),
  selectableFields: (object) => ({
    ...metadataFields(object),
    'status.replicas': String((object as ReplicaSet).status?.replicas ?? 0),
  }),
  fieldLabels: ['metadata.name', 'metadata.namespace', 'status.replicas'],
  printer: {
    columns: [
      column('Name'),
      column('Desired', 'integer', 0, 'apps.v1.ReplicaSetSpec.replicas'),
      column('Current', 'integer', 0, 'apps.v1.ReplicaSetStatus.replicas'),
      column('Ready', 'integer', 0, 'apps.v1.ReplicaSetStatus.readyReplicas'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
      column('Selector', 'string', 1, 'apps.v1.ReplicaSetSpec.selector'),
    ],
    rows: (object, now) => [replicaSetRow(object as ReplicaSet, now)],
  },
});

function validateSpec({ spec }: ReplicaSet): FieldError[] {
  return [
    ...nonnegative('spec.replicas', spec.replicas),
    ...nonnegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateSelectorAndTemplate(spec.selector, spec.template ?? EMPTY_TEMPLATE),
  ];
}

function validateStatus({ status }: ReplicaSet): FieldError[] {
  return [
    ...validateCounts(status, [
      'replicas',
      'fullyLabeledReplicas',
      'readyReplicas',
      'availableReplicas',
      'observedGeneration',
      'terminatingReplicas',
    ]),
    ...validateReplicaCounts(status, ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']),
  ];
}

function replicaSetRow({ metadata, spec, status }: ReplicaSet, now: Micros): Row {
  return {
    cells: [
      metadata.name,
      spec.replicas ?? 0,
      status?.replicas ?? 0,
      status?.readyReplicas ?? 0,
      ageOf(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      formatSelectorObject(spec.selector),
    ],
  };
}
