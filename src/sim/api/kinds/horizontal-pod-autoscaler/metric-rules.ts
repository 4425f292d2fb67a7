/** Rules of the metrics an autoscaler looks at. */

import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import { dns1123Label, pathSegmentName } from '../../names.js';
import { isPositiveQuantity } from '../../quantity.js';
import { ownField } from '../../set-field.js';
import type { MetricSource, MetricSpec, MetricTarget } from '../../types/autoscaling.js';
import { checkText } from '../meta.js';
import { validateContainerResourceName } from '../pod/resource-rules.js';
import { type ReferenceOptions, validateReference } from './reference-rules.js';

type SourceName = 'object' | 'external' | 'pods' | 'resource' | 'containerResource';
type SourceRule = (source: MetricSource, path: string, options: ReferenceOptions) => FieldError[];

/** The sources in the order in which the server looks for them. */
const SOURCES: Readonly<Record<SourceName, SourceRule>> = {
  object: validateObject,
  external: validateExternal,
  pods: validatePods,
  resource: validateResource,
  containerResource: validateContainerResource,
};

/** The field that a type of metric fills in, by the type's name. */
const FIELD_OF_TYPE: Readonly<Record<string, SourceName>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const TYPES = Object.keys(FIELD_OF_TYPE);
const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue'];

/** All metrics, and that there is one to wake what was scaled to zero. */
export function validateMetrics(
  metrics: readonly MetricSpec[],
  path: string,
  minReplicas: number | undefined,
  options: ReferenceOptions,
): FieldError[] {
  const errors = metrics.flatMap((metric, index) => validateMetric(metric, `${path}[${index}]`, options));
  if (minReplicas !== 0 || metrics.some(({ type }) => type === 'Object' || type === 'External')) return errors;
  const words = 'must specify at least one Object or External metric to support scaling to zero replicas';
  return [...errors, forbidden(path, words)];
}

function validateMetric(metric: MetricSpec, path: string, options: ReferenceOptions): FieldError[] {
  const { type = '' } = metric;
  const errors = type === '' ? [required(`${path}.type`, 'must specify a metric source type')] : [];
  const unknown = TYPES.includes(type) ? [] : [notSupported(`${path}.type`, type, TYPES)];
  errors.push(...unknown);
  const present = (Object.keys(SOURCES) as SourceName[]).filter((name) => metric[name]);
  const [first] = present;
  if (first) errors.push(...SOURCES[first](metric[first] as MetricSource, `${path}.${first}`, options));
  const expected = ownField(FIELD_OF_TYPE, type);
  if (expected && !metric[expected]) {
    errors.push(required(`${path}.${expected}`, 'must populate information for the given metric source'));
  }
  errors.push(...unknown);
  if (present.length === 1) return errors;
  const others = present.filter((name) => name !== expected);
  return [
    ...errors,
    ...others.map((name) => forbidden(`${path}.${name}`, 'must populate the given metric source only')),
  ];
}

function validateObject(source: MetricSource, path: string, options: ReferenceOptions): FieldError[] {
  const errors = [
    ...validateReference(source.describedObject ?? {}, `${path}.describedObject`, options),
    ...validateIdentifier(source, path),
    ...validateTarget(source.target, `${path}.target`),
  ];
  if (hasTarget(source, 'value', 'averageValue')) return errors;
  return [...errors, required(`${path}.target.averageValue`, 'must set either a target value or averageValue')];
}

function validateExternal(source: MetricSource, path: string): FieldError[] {
  const errors = [...validateIdentifier(source, path), ...validateTarget(source.target, `${path}.target`)];
  if (!hasTarget(source, 'value', 'averageValue')) {
    const words = 'must set either a target value for metric or a per-pod target';
    errors.push(required(`${path}.target.averageValue`, words));
  }
  if (source.target?.value !== undefined && source.target.averageValue !== undefined) {
    const words = 'may not set both a target value for metric and a per-pod target';
    errors.push(forbidden(`${path}.target.value`, words));
  }
  return errors;
}

function validatePods(source: MetricSource, path: string): FieldError[] {
  const errors = [...validateIdentifier(source, path), ...validateTarget(source.target, `${path}.target`)];
  if (hasTarget(source, 'averageValue')) return errors;
  return [...errors, required(`${path}.target.averageValue`, 'must specify a positive target averageValue')];
}

function validateContainerResource(source: MetricSource, path: string): FieldError[] {
  const { name, container } = source;
  return [
    ...(name
      ? validateContainerResourceName(`${path}.name`, name)
      : [required(`${path}.name`, 'must specify a resource name')]),
    ...(container
      ? checkText(`${path}.container`, container, dns1123Label)
      : [required(`${path}.container`, 'must specify a container')]),
    ...validateResourceTarget(source, path),
  ];
}

function validateResource(source: MetricSource, path: string): FieldError[] {
  const errors = source.name ? [] : [required(`${path}.name`, 'must specify a resource name')];
  return [...errors, ...validateResourceTarget(source, path)];
}

function validateResourceTarget(source: MetricSource, path: string): FieldError[] {
  const errors = validateTarget(source.target, `${path}.target`);
  if (!hasTarget(source, 'averageUtilization', 'averageValue')) {
    const words = 'must set either a target raw value or a target utilization';
    errors.push(required(`${path}.target.averageUtilization`, words));
  }
  if (source.target?.averageUtilization !== undefined && source.target.averageValue !== undefined) {
    const words = 'may not set both a target raw value and a target utilization';
    errors.push(forbidden(`${path}.target.averageValue`, words));
  }
  return errors;
}

function hasTarget({ target }: MetricSource, ...fields: readonly (keyof MetricTarget)[]): boolean {
  return fields.some((field) => target?.[field] !== undefined);
}

function validateTarget(target: MetricTarget = {}, path: string): FieldError[] {
  const { type = '', averageUtilization } = target;
  const errors = type === '' ? [required(`${path}.type`, 'must specify a metric target type')] : [];
  if (!TARGET_TYPES.includes(type)) {
    errors.push(invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue'));
  }
  for (const field of ['value', 'averageValue'] as const) {
    const amount = target[field];
    if (amount !== undefined && !isPositiveQuantity(amount)) {
      errors.push(invalid(`${path}.${field}`, amount, 'must be positive'));
    }
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.push(invalid(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0'));
  }
  return errors;
}

function validateIdentifier({ metric }: MetricSource, path: string): FieldError[] {
  const at = `${path}.metric.name`;
  return metric?.name ? checkText(at, metric.name, pathSegmentName) : [required(at, 'must specify a metric name')];
}
