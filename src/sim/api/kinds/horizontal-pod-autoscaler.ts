/** autoscaling/v2 HorizontalPodAutoscaler. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import type { HorizontalPodAutoscaler } from '../types/autoscaling.js';
import { defaultBehavior, validateBehavior } from './horizontal-pod-autoscaler/behavior-rules.js';
import { metricCells } from './horizontal-pod-autoscaler/metric-cells.js';
import { validateMetrics } from './horizontal-pod-autoscaler/metric-rules.js';
import {
  apiVersionError,
  type ReferenceOptions,
  validateReference,
} from './horizontal-pod-autoscaler/reference-rules.js';
import { withoutRoundTripAnnotations } from './horizontal-pod-autoscaler/round-trip.js';
import { type ApiKind, column, defineKind, keepStatus, withStatus } from './kind.js';
import { nonnegative, validateMeta, validateMetaUpdate } from './meta.js';

const SPEC = 'autoscaling.v2.HorizontalPodAutoscalerSpec';
/** The share of the processor that is aimed at where no metric is named. */
export const DEFAULT_CPU_UTILIZATION = 80;

/** The strategy of autoscalers. */
export const horizontalPodAutoscalerKind: ApiKind = defineKind({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  namespaced: true,
  shortNames: ['hpa'],
  categories: ['all'],
  subresourceFacts: withStatus(),
  applyDefaults: (object) => applyDefaults(object as HorizontalPodAutoscaler),
  prepareCreate: (object) => {
    object['status'] = { desiredReplicas: 0, currentMetrics: null };
  },
  validateCreate: (object) => [...validateMeta(object, true), ...validateSpec(object as HorizontalPodAutoscaler)],
  prepareUpdate: keepStatus,
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateSpec(object as HorizontalPodAutoscaler, old as HorizontalPodAutoscaler),
  ],
  validateStatus: (object, old) => {
    const { status } = object as HorizontalPodAutoscaler;
    return [
      ...validateMetaUpdate(object, old),
      ...nonnegative('status.currentReplicas', status?.currentReplicas),
      ...nonnegative('status.desiredReplicas', status?.desiredReplicas),
    ];
  },
  printer: {
    columns: [
      column('Name'),
      column('Reference', 'string', 0, `${SPEC}.scaleTargetRef`),
      column('Targets', 'string', 0, `${SPEC}.metrics`),
      column('MinPods', 'string', 0, `${SPEC}.minReplicas`),
      column('MaxPods', 'string', 0, `${SPEC}.maxReplicas`),
      column('Replicas', 'string', 0, 'autoscaling.v2.HorizontalPodAutoscalerStatus.currentReplicas'),
      column('Age'),
    ],
    rows: (object, now) => {
      const autoscaler = object as HorizontalPodAutoscaler;
      const { scaleTargetRef: target = {}, minReplicas, maxReplicas = 0 } = autoscaler.spec;
      return [
        {
          cells: [
            object.metadata.name,
            `${target.kind ?? ''}/${target.name ?? ''}`,
            metricCells(autoscaler),
            minReplicas === undefined ? '<unset>' : String(minReplicas),
            maxReplicas,
            autoscaler.status?.currentReplicas ?? 0,
            ageOf(object.metadata.creationTimestamp, now),
          ],
        },
      ];
    },
  },
});

function applyDefaults(autoscaler: HorizontalPodAutoscaler): void {
  const { spec } = autoscaler;
  spec.minReplicas ??= 1;
  if (!spec.metrics || spec.metrics.length === 0) {
    const target = { type: 'Utilization', averageUtilization: DEFAULT_CPU_UTILIZATION };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  defaultBehavior(spec);
  withoutRoundTripAnnotations(autoscaler.metadata);
}

function validateSpec({ spec }: HorizontalPodAutoscaler, old?: HorizontalPodAutoscaler): FieldError[] {
  const { minReplicas, maxReplicas = 0, scaleTargetRef } = spec;
  const lowest = old?.spec.minReplicas === 0 ? 0 : 1;
  const errors: FieldError[] = [];
  if (minReplicas !== undefined && minReplicas < lowest) {
    errors.push(invalid('spec.minReplicas', minReplicas, `must be greater than or equal to ${lowest}`));
  }
  if (maxReplicas === 0) errors.push(required('spec.maxReplicas', 'must be set and greater than 0'));
  else if (maxReplicas < 0) {
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to 1'));
  }
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'));
  }
  return [
    ...errors,
    ...validateReference(scaleTargetRef, 'spec.scaleTargetRef', targetOptions(spec, old)),
    ...validateMetrics(spec.metrics ?? [], 'spec.metrics', minReplicas, objectOptions(old)),
    ...validateBehavior(spec.behavior, 'spec.behavior'),
  ];
}

/** An apiVersion that was taken before is taken again; of what can be scaled, only one kind has no group. */
function targetOptions(
  { scaleTargetRef: { kind, apiVersion } }: HorizontalPodAutoscaler['spec'],
  old: HorizontalPodAutoscaler | undefined,
): ReferenceOptions {
  const before = old?.spec.scaleTargetRef;
  const same = before !== undefined && before.apiVersion === apiVersion && before.kind === kind;
  return { anyVersion: same, emptyGroup: !same && kind === 'ReplicationController' };
}

function objectOptions(old: HorizontalPodAutoscaler | undefined): ReferenceOptions {
  const anyVersion = (old?.spec.metrics ?? []).some(
    ({ type, object }) =>
      type === 'Object' && object && apiVersionError(object.describedObject?.apiVersion ?? '', true) !== undefined,
  );
  return { anyVersion, emptyGroup: true };
}
