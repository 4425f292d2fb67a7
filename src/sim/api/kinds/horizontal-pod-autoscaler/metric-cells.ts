/** Metrics as a table shows them: what is, and what is wanted. */
import type { HorizontalPodAutoscaler, MetricSource, MetricSourceStatus } from '../../types/autoscaling.js';

const SHOWN_MAX = 2;
const UNKNOWN = '<unknown>';
const FIELDS = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
} as const;

/** The first metrics of an autoscaler, and how many there are besides. */
export function metricCells({ spec, status }: HorizontalPodAutoscaler): string {
  const { metrics = [] } = spec;
  if (metrics.length === 0) return '<none>';
  const texts = metrics.map((metric, index) => {
    const field = FIELDS[metric.type as keyof typeof FIELDS];
    const source = field && metric[field];
    if (!source) return '<unknown type>';
    const now = status?.currentMetrics?.[index]?.[field];
    return field === 'resource' || field === 'containerResource'
      ? resourceCell(source, now)
      : valueCell(source, now, field);
  });
  const shown = texts.slice(0, SHOWN_MAX).join(', ');
  return texts.length > SHOWN_MAX ? `${shown} + ${texts.length - SHOWN_MAX} more...` : shown;
}

function resourceCell({ name, target = {} }: MetricSource, now: MetricSourceStatus | undefined): string {
  if (target.averageValue !== undefined)
    return `${name}: ${now?.current?.averageValue ?? UNKNOWN}/${target.averageValue}`;
  const percent = now?.current?.averageUtilization;
  const wanted = target.averageUtilization;
  return `${name}: ${percent === undefined ? UNKNOWN : `${percent}%`}/${wanted === undefined ? '<auto>' : `${wanted}%`}`;
}

function valueCell(
  { target = {} }: MetricSource,
  now: MetricSourceStatus | undefined,
  field: 'external' | 'object' | 'pods',
): string {
  if (target.averageValue === undefined) return `${now?.current?.value ?? UNKNOWN}/${target.value}`;
  const text = `${now?.current?.averageValue ?? UNKNOWN}/${target.averageValue}`;
  return field === 'pods' ? text : `${text} (avg)`;
}
