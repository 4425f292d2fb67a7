import { goQuote } from '../../../api/go-text.js';
import type {
  HorizontalPodAutoscaler,
  MetricSource,
  MetricSourceStatus,
  MetricSpec,
  MetricStatus,
  ScalingRules,
} from '../../../api/types/autoscaling.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { type DescribeWriter, longTime } from '../writer.js';

const UNKNOWN = '<unknown>';

/** Describes an autoscaler. */
export function* describeHorizontalPodAutoscaler(
  w: DescribeWriter,
  request: DescribeRequest<HorizontalPodAutoscaler>,
): Waiting<void> {
  const { metadata, spec, status } = request.object;
  const { kind, name } = spec.scaleTargetRef;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  w.field('Reference', `${kind}/${name}`);
  w.field('Metrics', '( current / target )');
  (spec.metrics ?? []).forEach((metric, at) => {
    describeMetric(w, metric, status?.currentMetrics?.[at]);
  });
  w.field('Min replicas', spec.minReplicas ?? '<unset>');
  w.field('Max replicas', spec.maxReplicas);
  if (spec.behavior) {
    w.write(0, 'Behavior:\n');
    describeRules(w, 'Scale Up', spec.behavior.scaleUp);
    describeRules(w, 'Scale Down', spec.behavior.scaleDown);
  }
  w.field(`${kind} pods`, `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`);
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    w.write(0, 'Conditions:\n');
    w.write(1, 'Type\tStatus\tReason\tMessage\n');
    w.write(1, '----\t------\t------\t-------\n');
    for (const one of conditions) w.write(1, `${one.type}\t${one.status}\t${one.reason}\t${one.message}\n`);
  }
  yield* describeEvents(w, request);
}

function describeMetric(w: DescribeWriter, metric: MetricSpec, now: MetricStatus | undefined): void {
  const { type } = metric;
  if (type === 'External' && metric.external) return describeExternal(w, metric.external, now?.external);
  if (type === 'Pods' && metric.pods) {
    const current = now?.pods?.current?.averageValue ?? UNKNOWN;
    return w.field(
      `${goQuote(metric.pods.metric?.name ?? '')} on pods`,
      pair(current, metric.pods.target?.averageValue),
      1,
    );
  }
  if (type === 'Object' && metric.object) return describeObject(w, metric.object, now?.object);
  if (type === 'Resource' && metric.resource)
    return describeResource(w, `resource ${metric.resource.name} on pods`, metric.resource, now?.resource);
  if (type === 'ContainerResource' && metric.containerResource) {
    const { name, container } = metric.containerResource;
    const what = `resource ${name} of container "${container}" on pods`;
    return describeResource(w, what, metric.containerResource, now?.containerResource);
  }
  w.write(1, `<unknown metric type ${goQuote(type ?? '')}>\n`);
}

function describeExternal(w: DescribeWriter, { metric, target = {} }: MetricSource, now?: MetricSourceStatus): void {
  const name = goQuote(metric?.name ?? '');
  if (target.averageValue !== undefined)
    w.field(`${name} (target average value)`, pair(now?.current?.averageValue, target.averageValue), 1);
  else w.field(`${name} (target value)`, pair(now?.current?.value, target.value), 1);
}

function describeObject(w: DescribeWriter, source: MetricSource, now?: MetricSourceStatus): void {
  const { metric, target = {}, describedObject = {} } = source;
  const what = `"${metric?.name}" on ${describedObject.kind}/${describedObject.name}`;
  if (target.type === 'AverageValue')
    w.field(`${what} (target average value)`, pair(now?.current?.averageValue, target.averageValue), 1);
  else w.field(`${what} (target value)`, pair(now?.current?.value, target.value), 1);
}

function describeResource(
  w: DescribeWriter,
  what: string,
  { target = {} }: MetricSource,
  now: MetricSourceStatus | undefined,
): void {
  const { averageUtilization, averageValue } = now?.current ?? {};
  if (target.averageValue !== undefined) return w.field(what, pair(averageValue, target.averageValue), 1);
  const current = averageUtilization === undefined ? undefined : `${averageUtilization}% (${averageValue})`;
  const wanted = target.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
  w.field(`${what}  (as a percentage of request)`, pair(current, wanted), 1);
}

function pair(current: string | undefined, target: string | undefined): string {
  return `${current ?? UNKNOWN} / ${target}`;
}

function describeRules(w: DescribeWriter, direction: string, rules: ScalingRules | undefined): void {
  if (!rules) return;
  w.write(1, `${direction}:\n`);
  if (rules.stabilizationWindowSeconds !== undefined)
    w.write(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds\n`);
  const { policies = [], selectPolicy = 'Max' } = rules;
  if (policies.length === 0) return;
  w.write(2, `Select Policy: ${selectPolicy}\n`);
  w.write(2, 'Policies:\n');
  for (const { type, value, periodSeconds } of policies)
    w.write(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`);
}
