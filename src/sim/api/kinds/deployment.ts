/** apps/v1 Deployment. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, invalid, notSupported, required } from '../field-error.js';
import { formatSelector } from '../labels.js';
import { semanticEqual } from '../object.js';
import type { Deployment, DeploymentStrategy } from '../types/workloads.js';
import {
  atMost100Percent,
  internalRollingUpdate,
  nonnegativeIntOrPercent,
  plainValue,
} from './int-or-percent-rules.js';
import {
  type ApiKind,
  column,
  countGeneration,
  defineKind,
  keepAllButStatus,
  keepStatus,
  type Row,
  specChanged,
  withStatus,
} from './kind.js';
import { immutable, nonnegative, validateMeta, validateMetaUpdate } from './meta.js';
import { defaultPodSpec } from './pod/pod-defaults.js';
import {
  containerCells,
  readSelector,
  validateCollisions,
  validateCounts,
  validateReplicaCounts,
  validateSelectorAndTemplate,
  workloadWarnings,
} from './workload-rules.js';

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

/** The strategy of deployments. */
export const deploymentKind: ApiKind = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
  shortNames: ['deploy'],
  categories: ['all'],
  subresourceFacts: withStatus({ name: 'scale', verbs: ['get', 'patch', 'update'], body: SCALE }),
  applyDefaults: (object) => applyDefaults(object as Deployment),
  prepareCreate: (object) => {
    object['status'] = {};
    object.metadata.generation = 1;
  },
  validateCreate: (object) => [...validateMeta(object, true), ...validateSpec(object as Deployment)],
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    const annotated = !semanticEqual(object.metadata.annotations, old.metadata.annotations);
    countGeneration(object, old, annotated || specChanged(object, old));
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateSpec(object as Deployment),
    ...immutable('spec.selector', (object as Deployment).spec.selector, (old as Deployment).spec.selector),
  ],
  prepareStatus: (object, old) => {
    keepAllButStatus(object, old);
    if (old.metadata.labels) object.metadata.labels = old.metadata.labels;
    else delete object.metadata.labels;
  },
  validateStatus: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateStatus(object as Deployment, old as Deployment),
  ],
  warnings: (object, old) => workloadWarnings(object, old, (object as Deployment).spec.template),
  printer: {
    columns: [
      column('Name'),
      column('Ready', 'string', 0, 'Number of the pod with ready state'),
      column('Up-to-date', 'string', 0, 'apps.v1.DeploymentStatus.updatedReplicas'),
      column('Available', 'string', 0, 'apps.v1.DeploymentStatus.availableReplicas'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
      column('Selector', 'string', 1, 'apps.v1.DeploymentSpec.selector'),
    ],
    rows: (object, now) => [deploymentRow(object as Deployment, now)],
  },
});

function applyDefaults({ spec }: Deployment): void {
  spec.replicas ??= 1;
  spec.strategy ??= {};
  const strategy = spec.strategy;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= '25%';
    strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  if (spec.template?.spec) defaultPodSpec(spec.template.spec);
}

function validateSpec({ spec }: Deployment): FieldError[] {
  const errors = [
    ...nonnegative('spec.replicas', spec.replicas),
    ...validateSelectorAndTemplate(spec.selector, spec.template),
    ...validateStrategy(spec.strategy ?? {}),
    ...nonnegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonnegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
  const deadline = spec.progressDeadlineSeconds;
  if (deadline === undefined) return errors;
  errors.push(...nonnegative('spec.progressDeadlineSeconds', deadline));
  if (deadline <= (spec.minReadySeconds ?? 0)) {
    errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
  }
  return errors;
}

function validateStrategy(strategy: DeploymentStrategy): FieldError[] {
  const { type = '', rollingUpdate } = strategy;
  const path = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    if (!rollingUpdate) return [];
    return [forbidden(path, "may not be specified when strategy `type` is 'Recreate'")];
  }
  if (type !== 'RollingUpdate') {
    const shown = { Type: type, RollingUpdate: internalRollingUpdate(rollingUpdate) };
    return [notSupported('spec.strategy', shown, ['Recreate', 'RollingUpdate'])];
  }
  if (!rollingUpdate) return [required(path, 'this should be defaulted and never be nil')];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const errors = [
    ...nonnegativeIntOrPercent(`${path}.maxUnavailable`, maxUnavailable),
    ...nonnegativeIntOrPercent(`${path}.maxSurge`, maxSurge),
  ];
  if (plainValue(maxUnavailable) === 0 && plainValue(maxSurge) === 0) {
    errors.push(invalid(`${path}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  return [...errors, ...atMost100Percent(`${path}.maxUnavailable`, maxUnavailable)];
}

function validateStatus({ status }: Deployment, old: Deployment): FieldError[] {
  return [
    ...validateCounts(status, [
      'observedGeneration',
      'replicas',
      'updatedReplicas',
      'readyReplicas',
      'availableReplicas',
      'unavailableReplicas',
      'terminatingReplicas',
      'collisionCount',
    ]),
    ...validateReplicaCounts(status, ['updatedReplicas', 'readyReplicas', 'availableReplicas']),
    ...validateCollisions(status?.collisionCount, old.status?.collisionCount),
  ];
}

function deploymentRow({ metadata, spec, status = {} }: Deployment, now: Micros): Row {
  const selector = readSelector(spec.selector);
  return {
    cells: [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
      ageOf(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      selector === undefined ? '<invalid>' : formatSelector(selector),
    ],
  };
}
