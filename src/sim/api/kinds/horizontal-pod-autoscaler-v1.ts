/** autoscaling/v1 HorizontalPodAutoscaler: one target for the processor; everything else travels in annotations. */
import { decodeKind } from '../decode.js';
import { isJsonObject, type JsonObject, type KubeObject } from '../object.js';
import type { HorizontalPodAutoscaler, MetricSpec, ScalingRules } from '../types/autoscaling.js';
import { newMetric, newMetricStatus, oldMetric, oldMetricStatus } from './horizontal-pod-autoscaler/old-metrics.js';
import { ROUND_TRIP, withoutRoundTripAnnotations } from './horizontal-pod-autoscaler/round-trip.js';
import { DEFAULT_CPU_UTILIZATION, horizontalPodAutoscalerKind } from './horizontal-pod-autoscaler.js';
import type { ApiKind } from './kind.js';
import { defineServedVersion } from './served-version.js';

interface OldAutoscaler extends KubeObject {
  spec: { minReplicas?: number; targetCPUUtilizationPercentage?: number };
  status?: { currentCPUUtilizationPercentage?: number };
}

/** The autoscalers of the first version. */
export const horizontalPodAutoscalerV1Kind: ApiKind = defineServedVersion(horizontalPodAutoscalerKind, {
  group: 'autoscaling',
  version: 'v1',
  applyDefaults: (object) => {
    (object as OldAutoscaler).spec.minReplicas ??= 1;
  },
  toStored: (object) => toStored(object as OldAutoscaler),
  fromStored: (object) => fromStored(object as HorizontalPodAutoscaler),
});

function toStored(object: OldAutoscaler): KubeObject {
  const { targetCPUUtilizationPercentage: percent, ...spec } = object.spec;
  const { currentCPUUtilizationPercentage: current, ...status } = object.status ?? {};
  const carried = (name: keyof typeof ROUND_TRIP) => readAnnotation(object.metadata.annotations?.[ROUND_TRIP[name]]);
  const metrics = [
    ...listOf(carried('metrics')).map(newMetric),
    ...(percent === undefined ? [] : [cpuMetric(percent)]),
  ];
  const statuses = carried('currentMetrics');
  const behavior = readBehavior(carried('behavior'));
  const conditions = carried('conditions');
  const metadata = { ...object.metadata };
  withoutRoundTripAnnotations(metadata);
  return normal('autoscaling/v2', {
    ...object,
    metadata,
    spec: {
      ...spec,
      metrics: metrics.length > 0 ? metrics : [cpuMetric(DEFAULT_CPU_UTILIZATION)],
      ...(behavior ? { behavior } : {}),
    },
    status: {
      ...status,
      ...(Array.isArray(statuses)
        ? { currentMetrics: listOf(statuses).map(newMetricStatus) }
        : current === undefined
          ? {}
          : {
              currentMetrics: [
                { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: current } } },
              ],
            }),
      ...(Array.isArray(conditions) ? { conditions } : {}),
    },
  });
}

function fromStored(object: HorizontalPodAutoscaler): KubeObject {
  // A Status has none, nor has what an apply has not yet completed.
  const { metrics = [], behavior, ...spec } = object.spec ?? {};
  const { currentMetrics, conditions, ...status } = object.status ?? { desiredReplicas: 0 };
  const percent = metrics.map(cpuPercent).find((value) => value !== undefined);
  const current = (currentMetrics ?? []).findLast(
    ({ type, resource }) =>
      type === 'Resource' && resource?.name === 'cpu' && resource.current?.averageUtilization !== undefined,
  );
  const metadata = { ...object.metadata };
  withoutRoundTripAnnotations(metadata);
  const carried: Record<string, string> = {};
  const others = metrics.filter((metric) => cpuPercent(metric) === undefined);
  if (others.length > 0) carried[ROUND_TRIP.metrics] = JSON.stringify(others.map(oldMetric));
  if (currentMetrics?.length) carried[ROUND_TRIP.currentMetrics] = JSON.stringify(currentMetrics.map(oldMetricStatus));
  if (behavior) carried[ROUND_TRIP.behavior] = JSON.stringify(internalBehavior(behavior));
  if (conditions?.length) carried[ROUND_TRIP.conditions] = JSON.stringify(conditions);
  if (Object.keys(carried).length > 0) metadata.annotations = { ...metadata.annotations, ...carried };
  return normal('autoscaling/v1', {
    ...object,
    metadata,
    spec: { ...spec, targetCPUUtilizationPercentage: percent },
    status: { ...status, currentCPUUtilizationPercentage: current?.resource?.current?.averageUtilization },
  });
}

/** The object as that version's types hold it. */
function normal(apiVersion: string, object: object): KubeObject {
  return decodeKind(apiVersion, 'HorizontalPodAutoscaler', { ...object, apiVersion })?.object as KubeObject;
}

function cpuMetric(averageUtilization: number): MetricSpec {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

function cpuPercent({ type, resource }: MetricSpec): number | undefined {
  return type === 'Resource' && resource?.name === 'cpu' ? resource.target?.averageUtilization : undefined;
}

/** What an annotation holds; one that cannot be read counts for nothing. */
function readAnnotation(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The annotation holds the server's own form, whose fields have no JSON names: they begin with capitals. */
function internalBehavior(behavior: NonNullable<HorizontalPodAutoscaler['spec']['behavior']>): object {
  const rules = (of: ScalingRules | undefined) =>
    of
      ? {
          StabilizationWindowSeconds: of.stabilizationWindowSeconds ?? null,
          SelectPolicy: of.selectPolicy ?? null,
          Policies: (of.policies ?? []).map(({ type, value, periodSeconds }) => ({
            Type: type,
            Value: value,
            PeriodSeconds: periodSeconds,
          })),
          Tolerance: of.tolerance ?? null,
        }
      : null;
  return { ScaleUp: rules(behavior.scaleUp), ScaleDown: rules(behavior.scaleDown) };
}

/** Go reads fields by any case; a behavior that says nothing is none. */
function readBehavior(value: unknown): JsonObject | undefined {
  const behavior = lowerKeys(value);
  if (!isJsonObject(behavior)) return undefined;
  return behavior['scaleUp'] || behavior['scaleDown'] ? behavior : undefined;
}

function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (!isJsonObject(value)) return value;
  const pairs = Object.entries(value).map(([key, inner]) => [
    key.charAt(0).toLowerCase() + key.slice(1),
    lowerKeys(inner),
  ]);
  return Object.fromEntries(pairs);
}
