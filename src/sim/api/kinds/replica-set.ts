/** apps/v1 ReplicaSet. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import type { FieldError } from '../field-error.js';
import { formatSelectorObject } from '../labels.js';
import { dns1123Label } from '../names.js';
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
import { podSpecWarnings } from './pod/pod-warnings.js';
import {
  containerCells,
  validateCounts,
  validateReplicaCounts,
  validateSelectorAndTemplate,
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
  warnings: (object, old) => {
    const { metadata, spec } = object as ReplicaSet;
    const wrong = old ? [] : dns1123Label(metadata.name ?? '');
    const words =
      'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended';
    const template = spec.template ? podSpecWarnings('spec.template.spec', spec.template.spec) : [];
    return [...(wrong.length > 0 ? [`${words}: [${wrong.join(' ')}]`] : []), ...template];
  },
  selectableFields: (object) => ({
    ...metadataFields(object),
    'status.replicas': String((object as ReplicaSet).status?.replicas ?? 0),
  }),
  fieldLabels: ['metadata.name', 'metadata.namespace', 'status.replicas'],
  printer: {
    columns: [
      column('Name'),
      column('Desired', 'integer'),
      column('Current', 'integer'),
      column('Ready', 'integer'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
      column('Selector', 'string', 1),
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
