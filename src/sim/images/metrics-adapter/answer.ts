/** The APIs custom.metrics.k8s.io and external.metrics.k8s.io (k8s.io/metrics; refusals as custom-metrics-apiserver words them). */
import { matchesSelector, parseSelector } from '../../api/labels.js';
import type { KubeObject } from '../../api/object.js';
import { failure } from '../../api/status.js';
import { json, type ServedApi } from '../extension-server/serve.js';
import type { GoAnswer, GoRequest } from '../go/server.js';
import { podValues, type Values } from './values.js';

const CUSTOM = 'custom.metrics.k8s.io';
const EXTERNAL = 'external.metrics.k8s.io';
const KINDS: Readonly<Record<string, readonly [kind: string, apiVersion: string]>> = {
  'deployments.apps': ['Deployment', 'apps/v1'],
  'ingresses.networking.k8s.io': ['Ingress', 'networking.k8s.io/v1'],
  namespaces: ['Namespace', '/v1'],
  pods: ['Pod', '/v1'],
  services: ['Service', '/v1'],
};

/** What answers are made from. */
export interface AdapterSource {
  readonly values: () => Values;
  /** Those of a namespace that run. */
  readonly pods: (namespace: string) => readonly KubeObject[];
  /** The instant as the API writes it. */
  readonly time: () => string;
}

/** custom.metrics.k8s.io/v1beta2: metrics of objects, as the autoscaler asks for them by object or by selector. */
export function customApi(source: AdapterSource): ServedApi {
  return {
    group: CUSTOM,
    version: 'v1beta2',
    resources: () =>
      [...new Set(source.values().custom.map(({ resource, metric }) => `${resource}/${metric}`))]
        .sort()
        .map((name) => ({
          name,
          singularName: '',
          namespaced: !name.startsWith('namespaces/'),
          kind: 'MetricValueList',
          verbs: ['get'],
        })),
    answer: (parts, request) => answerCustom(source, parts, request),
  };
}

/** external.metrics.k8s.io/v1beta1: metrics of nothing in the cluster, by name and labels. */
export function externalApi(source: AdapterSource): ServedApi {
  return {
    group: EXTERNAL,
    version: 'v1beta1',
    resources: () =>
      [...new Set(source.values().external.map(({ metric }) => metric))].sort().map((name) => ({
        name,
        singularName: '',
        namespaced: true,
        kind: 'ExternalMetricValueList',
        verbs: ['get'],
      })),
    answer: (parts, request) => answerExternal(source, parts, request),
  };
}

function answerCustom(source: AdapterSource, parts: readonly string[], { query }: GoRequest): GoAnswer | undefined {
  const [first, namespace = '', third = '', fourth = '', fifth] = parts;
  if (first !== 'namespaces') return undefined;
  const [resource, name, metric] =
    third === 'metrics' && parts.length === 4 ? ['namespaces', namespace, fourth] : [third, fourth, fifth];
  if (metric === undefined) return undefined;
  const rows = source
    .values()
    .custom.filter((row) => row.namespace === namespace && row.resource === resource && row.metric === metric);
  const selector = parseSelector(query.get('labelSelector') ?? '');
  const pods = source.pods(namespace).filter(({ metadata }) => matchesSelector(selector, metadata.labels));
  const found = rows
    .flatMap((row): (readonly [string, string])[] =>
      resource === 'pods'
        ? podValues(row, row.shared ? source.pods(namespace) : pods)
        : [[row.name ?? namespace, row.value]],
    )
    .filter(([own]) => (name === '*' ? pods.some(({ metadata }) => metadata.name === own) : own === name));
  if (rows.length === 0 || (found.length === 0 && name !== '*')) return notFound(metric, resource, name);
  const [kind, apiVersion] = KINDS[resource] ?? [resource, '/v1'];
  const items = found.map(([own, value]) => ({
    describedObject: { kind, ...(kind === 'Namespace' ? {} : { namespace }), name: own, apiVersion },
    metric: { name: metric, selector: null },
    timestamp: source.time(),
    value,
  }));
  return json({ kind: 'MetricValueList', apiVersion: `${CUSTOM}/v1beta2`, metadata: {}, items });
}

function answerExternal(source: AdapterSource, parts: readonly string[], { query }: GoRequest): GoAnswer | undefined {
  const [first, namespace = '', metric, more] = parts;
  if (first !== 'namespaces' || metric === undefined || more !== undefined) return undefined;
  const selector = parseSelector(query.get('labelSelector') ?? '');
  const items = source
    .values()
    .external.filter(
      (row) =>
        row.metric === metric && (row.namespace ?? namespace) === namespace && matchesSelector(selector, row.labels),
    )
    .map(({ labels, value }) => ({ metricName: metric, metricLabels: labels, timestamp: source.time(), value }));
  return json({ kind: 'ExternalMetricValueList', apiVersion: `${EXTERNAL}/v1beta1`, metadata: {}, items });
}

function notFound(metric: string, resource: string, name: string): GoAnswer {
  const whose = name === '*' ? resource : `${resource} ${name}`;
  return json(failure(404, 'NotFound', `the server could not find the metric ${metric} for ${whose}`), 404);
}
