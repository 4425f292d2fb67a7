/** Metrics as the annotations of autoscaling/v1 hold them: the shapes of its first alpha. */
import type { MetricSource, MetricSourceStatus, MetricSpec, MetricStatus } from '../../types/autoscaling.js';

type Json = Record<string, unknown>;
type Name = 'object' | 'pods' | 'resource' | 'containerResource' | 'external';
const NAMES: readonly Name[] = ['object', 'pods', 'resource', 'containerResource', 'external'];

/** A metric with what of it is given, in the order in which it is written. */
export function oldMetric(metric: MetricSpec): Json {
  return shape(metric, (name, source) => TO_OLD[name](source as MetricSource));
}

/** What `oldMetric` wrote, or somebody else in its stead. */
export function newMetric(metric: Json): MetricSpec {
  return shape(metric, (name, source) => FROM_OLD[name](source as Json)) as MetricSpec;
}

/** A metric's value in the same way. */
export function oldMetricStatus(metric: MetricStatus): Json {
  return shape(metric, (name, source) => STATUS_TO_OLD[name](source as MetricSourceStatus));
}

/** What `oldMetricStatus` wrote. */
export function newMetricStatus(metric: Json): MetricStatus {
  return shape(metric, (name, source) => STATUS_FROM_OLD[name](source as Json)) as MetricStatus;
}

function shape(metric: object, convert: (name: Name, source: object) => object): Json {
  const from = metric as Json;
  const given = NAMES.filter((name) => from[name]).map((name) => [name, tidy(convert(name, from[name] as object))]);
  return { type: from['type'] ?? '', ...Object.fromEntries(given) };
}

/** Without what is not given. */
function tidy(value: object): Json {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}

const TO_OLD: Readonly<Record<Name, (source: MetricSource) => object>> = {
  object: ({ describedObject, metric, target }) => ({
    target: describedObject,
    metricName: metric?.name ?? '',
    targetValue: target?.value ?? '0',
    selector: metric?.selector,
    averageValue: target?.averageValue,
  }),
  pods: ({ metric, target }) => ({
    metricName: metric?.name ?? '',
    targetAverageValue: target?.averageValue ?? '0',
    selector: metric?.selector,
  }),
  resource: ({ name, target }) => resourceToOld(name, target),
  containerResource: ({ name, container, target }) => ({ ...resourceToOld(name, target), container: container ?? '' }),
  external: ({ metric, target }) => ({
    metricName: metric?.name ?? '',
    metricSelector: metric?.selector,
    targetValue: target?.value,
    targetAverageValue: target?.averageValue,
  }),
};

function resourceToOld(name: string | undefined, target: MetricSource['target']): object {
  return {
    name: name ?? '',
    targetAverageUtilization: target?.averageUtilization,
    targetAverageValue: target?.averageValue,
  };
}

const FROM_OLD: Readonly<Record<Name, (source: Json) => object>> = {
  object: ({ target, metricName = '', targetValue = '0', selector, averageValue }) => ({
    describedObject: target ?? {},
    target: tidy({
      type: averageValue === undefined ? 'Value' : 'AverageValue',
      // The old shape cannot leave the value out.
      value: averageValue !== undefined && targetValue === '0' ? undefined : targetValue,
      averageValue,
    }),
    metric: tidy({ name: metricName, selector }),
  }),
  pods: ({ metricName = '', targetAverageValue = '0', selector }) => ({
    metric: tidy({ name: metricName, selector }),
    target: { type: 'AverageValue', averageValue: targetAverageValue },
  }),
  resource: (source) => ({ name: source['name'] ?? '', target: resourceFromOld(source) }),
  containerResource: (source) => ({
    name: source['name'] ?? '',
    target: resourceFromOld(source),
    container: source['container'] ?? '',
  }),
  external: ({ metricName = '', metricSelector, targetValue, targetAverageValue }) => ({
    metric: tidy({ name: metricName, selector: metricSelector }),
    target: tidy({
      type: targetValue === undefined ? 'AverageValue' : 'Value',
      value: targetValue,
      averageValue: targetAverageValue,
    }),
  }),
};

function resourceFromOld({ targetAverageUtilization: percent, targetAverageValue: averageValue }: Json): object {
  return tidy({
    type: percent === undefined ? 'AverageValue' : 'Utilization',
    averageValue,
    averageUtilization: percent,
  });
}

const STATUS_TO_OLD: Readonly<Record<Name, (source: MetricSourceStatus) => object>> = {
  object: ({ describedObject, metric, current }) => ({
    target: describedObject,
    metricName: metric?.name ?? '',
    currentValue: current?.value ?? '0',
    selector: metric?.selector,
    averageValue: current?.averageValue,
  }),
  pods: ({ metric, current }) => ({
    metricName: metric?.name ?? '',
    currentAverageValue: current?.averageValue ?? '0',
    selector: metric?.selector,
  }),
  resource: ({ name, current }) => resourceStatusToOld(name, current),
  containerResource: ({ name, container, current }) => ({
    ...resourceStatusToOld(name, current),
    container: container ?? '',
  }),
  external: ({ metric, current }) => ({
    metricName: metric?.name ?? '',
    metricSelector: metric?.selector,
    currentValue: current?.value ?? '0',
    currentAverageValue: current?.averageValue,
  }),
};

function resourceStatusToOld(name: string | undefined, current: MetricSourceStatus['current']): object {
  return {
    name: name ?? '',
    currentAverageUtilization: current?.averageUtilization,
    currentAverageValue: current?.averageValue ?? '0',
  };
}

const STATUS_FROM_OLD: Readonly<Record<Name, (source: Json) => object>> = {
  object: ({ target, metricName = '', currentValue = '0', selector, averageValue }) => ({
    metric: tidy({ name: metricName, selector }),
    current: tidy({ value: currentValue, averageValue }),
    describedObject: target ?? {},
  }),
  pods: ({ metricName = '', currentAverageValue = '0', selector }) => ({
    metric: tidy({ name: metricName, selector }),
    current: { averageValue: currentAverageValue },
  }),
  resource: (source) => ({ name: source['name'] ?? '', current: resourceStatusFromOld(source) }),
  containerResource: (source) => ({
    name: source['name'] ?? '',
    current: resourceStatusFromOld(source),
    container: source['container'] ?? '',
  }),
  external: ({ metricName = '', metricSelector, currentValue = '0', currentAverageValue }) => ({
    metric: tidy({ name: metricName, selector: metricSelector }),
    current: tidy({ value: currentValue, averageValue: currentAverageValue }),
  }),
};

function resourceStatusFromOld({ currentAverageUtilization, currentAverageValue = '0' }: Json): object {
  return tidy({ averageValue: currentAverageValue, averageUtilization: currentAverageUtilization });
}
