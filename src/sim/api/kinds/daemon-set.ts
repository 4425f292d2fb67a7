/** apps/v1 DaemonSet. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { type FieldError, invalid, notSupported, required } from '../field-error.js';
import { formatLabels, formatSelectorObject } from '../labels.js';
import { semanticEqual } from '../object.js';
import type { DaemonSet, DeploymentStrategy } from '../types/workloads.js';
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
  keepStatus,
  type Row,
  specChanged,
  withStatus,
} from './kind.js';
import { immutable, nonnegative, validateLabelSelector, validateMeta, validateMetaUpdate } from './meta.js';
import { defaultPodSpec } from './pod/pod-defaults.js';
import { podTemplateWarnings } from './pod/pod-warnings.js';
import {
  containerCells,
  isEmptySelector,
  readSelector,
  validateCollisions,
  validateCounts,
  validateMatch,
  validateRunningTemplate,
} from './workload-rules.js';

/** Where the server keeps the template's generation, a field of the old API. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** The strategy of daemon sets. */
export const daemonSetKind: ApiKind = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  namespaced: true,
  shortNames: ['ds'],
  categories: ['all'],
  subresourceFacts: withStatus(),
  applyDefaults: (object) => applyDefaults(object as DaemonSet),
  prepareCreate: (object) => {
    object['status'] = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
    object.metadata.generation = 1;
    setTemplateGeneration(object as DaemonSet, Math.max(1, templateGeneration(object as DaemonSet)));
  },
  validateCreate: (object) => [...validateMeta(object, true), ...validateSpec(object as DaemonSet)],
  prepareUpdate: (object, old) => prepareUpdate(object as DaemonSet, old as DaemonSet),
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...immutable('spec.selector', (object as DaemonSet).spec.selector, (old as DaemonSet).spec.selector),
    ...validateSpec(object as DaemonSet),
  ],
  validateStatus: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateStatus(object as DaemonSet, old as DaemonSet),
  ],
  warnings: (object, old) => daemonSetWarnings(object as DaemonSet, old as DaemonSet | undefined),
  printer: {
    columns: [
      column('Name'),
      column('Desired', 'integer', 0, 'apps.v1.DaemonSetStatus.desiredNumberScheduled'),
      column('Current', 'integer', 0, 'apps.v1.DaemonSetStatus.currentNumberScheduled'),
      column('Ready', 'integer', 0, 'apps.v1.DaemonSetStatus.numberReady'),
      column('Up-to-date', 'integer', 0, 'apps.v1.DaemonSetStatus.updatedNumberScheduled'),
      column('Available', 'integer', 0, 'apps.v1.DaemonSetStatus.numberAvailable'),
      column('Node Selector', 'string', 0, 'core.v1.PodSpec.nodeSelector'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
      column('Selector', 'string', 1, 'apps.v1.DaemonSetSpec.selector'),
    ],
    rows: (object, now) => [daemonSetRow(object as DaemonSet, now)],
  },
});

function applyDefaults(set: DaemonSet): void {
  const { spec } = set;
  setTemplateGeneration(set, templateGeneration(set));
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= 1;
    strategy.rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= 10;
  if (spec.template?.spec) defaultPodSpec(spec.template.spec);
}

/** Templates are warned of when they are another one than before. */
function daemonSetWarnings(set: DaemonSet, old: DaemonSet | undefined): string[] {
  if (old && templateGeneration(set) === templateGeneration(old)) return [];
  return podTemplateWarnings('spec.template', set.spec.template);
}

function templateGeneration({ metadata }: DaemonSet): number {
  return Number(metadata.annotations?.[TEMPLATE_GENERATION] ?? 0) || 0;
}

function setTemplateGeneration({ metadata }: DaemonSet, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: String(generation) };
}

function prepareUpdate(set: DaemonSet, old: DaemonSet): void {
  keepStatus(set, old);
  const changed = !semanticEqual(set.spec.template, old.spec.template);
  setTemplateGeneration(set, templateGeneration(old) + (changed ? 1 : 0));
  countGeneration(set, old, changed || specChanged(set, old));
}

function validateSpec({ spec }: DaemonSet): FieldError[] {
  const errors = validateLabelSelector(spec.selector, 'spec.selector');
  const selector = readSelector(spec.selector);
  if (selector !== undefined) errors.push(...validateMatch(selector, spec.template));
  if (spec.selector && isEmptySelector(spec.selector)) {
    errors.push(invalid('spec.selector', spec.selector, 'empty selector is invalid for daemonset'));
  }
  return [
    ...errors,
    ...validateRunningTemplate(spec.template, 'DaemonSet'),
    ...nonnegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateStrategy(spec.updateStrategy ?? {}),
    ...nonnegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
}

function validateStrategy({ type = '', rollingUpdate }: DeploymentStrategy): FieldError[] {
  const path = 'spec.updateStrategy.rollingUpdate';
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    const shown = { Type: type, RollingUpdate: internalRollingUpdate(rollingUpdate) };
    return [notSupported('spec.updateStrategy', shown, ['RollingUpdate', 'OnDelete'])];
  }
  if (!rollingUpdate) return [required(path)];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const errors = [
    ...nonnegativeIntOrPercent(`${path}.maxUnavailable`, maxUnavailable),
    ...nonnegativeIntOrPercent(`${path}.maxSurge`, maxSurge),
    ...atMost100Percent(`${path}.maxUnavailable`, maxUnavailable),
    ...atMost100Percent(`${path}.maxSurge`, maxSurge),
  ];
  const both = [plainValue(maxUnavailable) !== 0, plainValue(maxSurge) !== 0];
  if (both.every(Boolean)) {
    errors.push(invalid(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  } else if (!both.some(Boolean)) {
    errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
  }
  return errors;
}

function validateStatus({ status }: DaemonSet, old: DaemonSet): FieldError[] {
  return [
    ...validateCounts(status, [
      'currentNumberScheduled',
      'numberMisscheduled',
      'desiredNumberScheduled',
      'numberReady',
      'observedGeneration',
      'updatedNumberScheduled',
      'numberAvailable',
      'numberUnavailable',
      'collisionCount',
    ]),
    ...validateCollisions(status?.collisionCount, old.status?.collisionCount),
  ];
}

function daemonSetRow({ metadata, spec, status }: DaemonSet, now: Micros): Row {
  return {
    cells: [
      metadata.name,
      status?.desiredNumberScheduled ?? 0,
      status?.currentNumberScheduled ?? 0,
      status?.numberReady ?? 0,
      status?.updatedNumberScheduled ?? 0,
      status?.numberAvailable ?? 0,
      formatLabels(spec.template?.spec?.nodeSelector),
      ageOf(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      formatSelectorObject(spec.selector),
    ],
  };
}
