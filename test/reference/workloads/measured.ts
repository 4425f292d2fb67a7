import type { KubeObject } from '../../../src/sim/api/object.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { Measured } from './scenario.js';

const RESOURCE = 'metrics.k8s.io';
const CUSTOM = 'custom.metrics.k8s.io';
const EXTERNAL = 'external.metrics.k8s.io';

/** The APIs of metrics that are served while scenarios ask for them. */
export const METRICS_APIS: readonly { readonly group: string; readonly version: string }[] = [
  { group: RESOURCE, version: 'v1beta1' },
  { group: CUSTOM, version: 'v1beta2' },
  { group: EXTERNAL, version: 'v1beta1' },
];

/** What a scenario says is measured of its namespace, and who can be asked for what is there. */
export interface Measuring {
  readonly measured: Measured;
  /** The canonical name of a pod. */
  nameOf(actual: string): string;
  /** `2026-01-01T00:00:00Z`. */
  readonly now: string;
}

/** What a request to an API of metrics asks for. */
interface MetricsQuestion {
  readonly group: string;
  readonly namespace: string;
  /** What stands behind the namespace. */
  readonly path: readonly string[];
  readonly selector: string;
}

/** Reads a request's target; undefined for one that asks for no metric. */
export function metricsQuestion(target: string): MetricsQuestion | undefined {
  const { pathname, searchParams } = new URL(target, 'https://metrics');
  const [empty, apis, group = '', , namespaces, namespace = '', ...path] = pathname.split('/').map(decodeURIComponent);
  if (empty !== '' || apis !== 'apis' || namespaces !== 'namespaces') return undefined;
  if (!METRICS_APIS.some((api) => api.group === group)) return undefined;
  return { group, namespace, path, selector: searchParams.get('labelSelector') ?? '' };
}

/** Answers a question about metrics of a namespace in which the question's selector finds these pods. */
export function answerMetrics(
  { group, namespace, path }: MetricsQuestion,
  pods: readonly Pod[],
  measuring: Measuring,
): { readonly status: number; readonly body: object } {
  const running = pods.filter(({ status }) => status?.phase === 'Running');
  if (group === RESOURCE) return list('metrics.k8s.io/v1beta1', 'PodMetricsList', usages(running, measuring));
  if (group === EXTERNAL) {
    const values = measuring.measured.external?.[path[0] ?? ''] ?? [];
    const items = values.map((value) => ({
      metricName: path[0],
      metricLabels: {},
      timestamp: measuring.now,
      value,
    }));
    return list('external.metrics.k8s.io/v1beta1', 'ExternalMetricValueList', items);
  }
  const values = customValues(path, namespace, running, measuring);
  if (values) return list('custom.metrics.k8s.io/v1beta2', 'MetricValueList', values);
  const message = `the server could not find the metric ${path.at(-1)} for ${path.slice(0, -1).join(' ')}`;
  return {
    status: 404,
    body: { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Failure', message, reason: 'NotFound', code: 404 },
  };
}

function list(apiVersion: string, kind: string, items: readonly object[]) {
  return { status: 200, body: { apiVersion, kind, metadata: {}, items } };
}

function usages(pods: readonly Pod[], { measured, nameOf, now }: Measuring): object[] {
  return pods.flatMap(({ metadata, spec }) => {
    const used = measured.pods?.[nameOf(metadata.name as string)] ?? measured.pods?.['*'];
    if (!used) return [];
    const containers = spec.containers.map(({ name }) => ({ name, usage: usageOf(used, name) }));
    const { name, namespace, labels } = metadata;
    return [{ metadata: { name, namespace, labels }, timestamp: now, window: '1s', containers }];
  });
}

/** Of `cpu` and `cpu@side` the second counts for the container `side`. */
function usageOf(used: Readonly<Record<string, string>>, container: string): Record<string, string> {
  const plain = Object.entries(used).filter(([resource]) => !resource.includes('@'));
  return Object.fromEntries(plain.map(([resource, value]) => [resource, used[`${resource}@${container}`] ?? value]));
}

function customValues(
  path: readonly string[],
  namespace: string,
  pods: readonly Pod[],
  { measured, nameOf, now }: Measuring,
): object[] | undefined {
  const [resource = '', name = '', metric = ''] = path;
  const one = (kind: string, named: string, value: string) => ({
    describedObject: { kind, namespace, name: named, apiVersion: 'v1' },
    metric: { name: metric },
    timestamp: now,
    windowSeconds: 1,
    value,
  });
  if (resource !== 'pods' || name !== '*') {
    const value = measured.objects?.[`${resource} ${name} ${metric}`.trim()];
    return value === undefined ? undefined : [one('Thing', name, value)];
  }
  const values = measured.podMetrics?.[metric];
  if (!values) return undefined;
  return (pods as readonly KubeObject[]).flatMap(({ metadata }) => {
    const actual = metadata.name as string;
    const value = values[nameOf(actual)] ?? values['*'];
    return value === undefined ? [] : [one('Pod', actual, value)];
  });
}
