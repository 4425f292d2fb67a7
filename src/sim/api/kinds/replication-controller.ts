/** core/v1 ReplicationController: what replica sets were before they could select by expressions. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { type FieldError, required } from '../field-error.js';
import { formatLabels, selectorFromMap } from '../labels.js';
import { type NameRule, nameIsSubdomain } from '../names.js';
import type { ReplicationController } from '../types/workloads.js';
import {
  type ApiKind,
  column,
  countGeneration,
  defineKind,
  fieldLabelNotSupported,
  keepStatus,
  metadataFields,
  type Row,
  specChanged,
  withStatus,
} from './kind.js';
import { nonnegative, validateMeta, validateMetaUpdate } from './meta.js';
import { defaultPodSpec } from './pod/pod-defaults.js';
import {
  containerCells,
  validateCounts,
  validateMatch,
  validateReplicaCounts,
  validateRunningTemplate,
  workloadWarnings,
} from './workload-rules.js';

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

/** The strategy of replication controllers. */
export const replicationControllerKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  namespaced: true,
  shortNames: ['rc'],
  categories: ['all'],
  storagePrefix: 'controllers',
  defaultPropagation: 'Orphan',
  subresourceFacts: withStatus({ name: 'scale', verbs: ['get', 'patch', 'update'], body: SCALE }),
  applyDefaults: (object) => applyDefaults(object as ReplicationController),
  prepareCreate: (object) => {
    object['status'] = { replicas: 0 };
    object.metadata.generation = 1;
  },
  validateCreate: (object) => [
    ...validateMeta(object, true, longName),
    ...validateSpec(object as ReplicationController),
  ],
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateSpec(object as ReplicationController),
  ],
  validateStatus: (object, old) => {
    const { status } = object as ReplicationController;
    const replicas = ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'];
    return [
      ...validateMetaUpdate(object, old),
      ...validateCounts(status, ['replicas', ...replicas, 'observedGeneration']),
      ...validateReplicaCounts(status, replicas),
    ];
  },
  warnings: (object, old) => {
    // After an update the server looks at the template that was there before.
    const { spec } = (old ?? object) as ReplicationController;
    return workloadWarnings(object, old, spec.template);
  },
  selectableFields: (object) => ({
    ...metadataFields(object),
    'status.replicas': String((object as ReplicationController).status?.replicas ?? 0),
  }),
  fieldLabels: ['metadata.name', 'metadata.namespace', 'status.replicas'],
  fieldLabelError: fieldLabelNotSupported,
  printer: {
    columns: [
      column('Name'),
      column('Desired', 'integer', 0, 'core.v1.ReplicationControllerSpec.replicas'),
      column('Current', 'integer', 0, 'core.v1.ReplicationControllerStatus.replicas'),
      column('Ready', 'integer', 0, 'core.v1.ReplicationControllerStatus.readyReplicas'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
      column('Selector', 'string', 1, 'core.v1.ReplicationControllerSpec.selector'),
    ],
    rows: (object, now) => [controllerRow(object as ReplicationController, now)],
  },
});

/** This kind's rule of names is another one than that of most: it counts in bytes, and says so. */
const longName: NameRule = (name, prefix) =>
  nameIsSubdomain(name, prefix).map((words) => words.replace(/characters$/, 'bytes'));

/** Selector and labels are the template's where nothing is said. */
function applyDefaults({ metadata, spec }: ReplicationController): void {
  const labels = spec.template?.metadata?.labels;
  if (labels) {
    if (Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
    if (Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
  }
  spec.replicas ??= 1;
  if (spec.template?.spec) defaultPodSpec(spec.template.spec);
}

function validateSpec({ spec }: ReplicationController): FieldError[] {
  const { selector = {}, template } = spec;
  const errors = nonnegative('spec.minReadySeconds', spec.minReadySeconds);
  const empty = Object.keys(selector).length === 0;
  if (empty) errors.push(required('spec.selector'));
  errors.push(...nonnegative('spec.replicas', spec.replicas));
  if (!template) return [...errors, required('spec.template')];
  if (!empty) errors.push(...validateMatch(selectorFromMap(selector), template));
  return [...errors, ...validateRunningTemplate(template, 'ReplicationController')];
}

function controllerRow({ metadata, spec, status }: ReplicationController, now: Micros): Row {
  return {
    cells: [
      metadata.name,
      spec.replicas ?? 0,
      status?.replicas ?? 0,
      status?.readyReplicas ?? 0,
      ageOf(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      formatLabels(spec.selector),
    ],
  };
}
