/** The API metrics.k8s.io (metrics-server's pkg/api). */
import { formatDuration } from '../../api/duration.js';
import { matchesFields, parseFieldSelector } from '../../api/field-selectors.js';
import { matchesSelector, parseSelector } from '../../api/labels.js';
import type { KubeObject } from '../../api/object.js';
import { formatQuantity, type Quantity } from '../../api/quantity.js';
import { notFound, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import { json } from '../extension-server/serve.js';
import type { GoAnswer, GoRequest } from '../go/server.js';
import type { Storage, Usage } from './storage.js';

const GROUP = 'metrics.k8s.io';
const VERSION = `${GROUP}/v1beta1`;
const BYTE = 1_000_000_000n;

/** What discovery says of the group. */
export const METRICS_RESOURCES: readonly object[] = [
  { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
  { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
];

/** What answers are made from. */
export interface MetricsSource {
  readonly storage: Storage;
  readonly nodes: () => readonly KubeObject[];
  readonly pods: (namespace?: string) => readonly KubeObject[];
  readonly now: () => Micros;
}

interface Use {
  readonly cpu: bigint;
  readonly memory: bigint;
}

interface Measured {
  readonly object: KubeObject;
  readonly window: string;
  readonly use: Use;
}

/** Answers what is asked below /apis/metrics.k8s.io/v1beta1; undefined where nothing is. */
export function answerMetrics(
  source: MetricsSource,
  parts: readonly string[],
  request: GoRequest,
): GoAnswer | undefined {
  const [first, second, third, name] = parts;
  try {
    if (first === 'nodes' && parts.length <= 2) return answerNodes(source, second, request);
    if (first === 'pods' && parts.length === 1) return listPods(source, undefined, request);
    if (first !== 'namespaces' || third !== 'pods' || parts.length > 4) return undefined;
    return name === undefined ? listPods(source, second, request) : onePod(source, second ?? '', name, request);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return json(error.status, error.status.code ?? 500);
  }
}

function answerNodes(source: MetricsSource, name: string | undefined, request: GoRequest): GoAnswer {
  const measure = (node: KubeObject): Measured[] => {
    const usage = source.storage.node(node.metadata.name ?? '');
    return usage ? [nodeMetrics(source, node, usage)] : [];
  };
  if (name === undefined) return list('NodeMetricsList', chosen(source.nodes(), request).flatMap(measure), request);
  const node = source.nodes().find(({ metadata }) => metadata.name === name);
  if (!node) throw new StatusError(notFound({ group: '', resource: 'node' }, name));
  const [found] = measure(node);
  if (!found) throw new StatusError(notFound({ group: GROUP, resource: 'nodemetrics' }, name));
  return one(found, request);
}

function listPods(source: MetricsSource, namespace: string | undefined, request: GoRequest): GoAnswer {
  const measured = chosen(source.pods(namespace), request).flatMap((pod) => podMetrics(source, pod));
  return list('PodMetricsList', measured, request);
}

function onePod(source: MetricsSource, namespace: string, name: string, request: GoRequest): GoAnswer {
  const pod = source.pods(namespace).find(({ metadata }) => metadata.name === name);
  if (!pod) throw new StatusError(notFound({ group: '', resource: 'pods' }, name));
  const [found] = podMetrics(source, pod);
  if (!found) throw new StatusError(notFound({ group: GROUP, resource: 'podmetrics' }, `${namespace}/${name}`));
  return one(found, request);
}

/** Those that both selectors of a request let through, by their names. */
function chosen(objects: readonly KubeObject[], { query }: GoRequest): KubeObject[] {
  const labels = parseSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '');
  const key = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  return objects
    .filter((object) => matchesSelector(labels, object.metadata.labels) && matchesFields(fields, fieldsOf(object)))
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function fieldsOf({ metadata: { name = '', namespace = '' } }: KubeObject): Readonly<Record<string, string>> {
  return { 'metadata.name': name, 'metadata.namespace': namespace };
}

function metadataOf({ metadata }: KubeObject, now: Micros): KubeObject['metadata'] {
  const { name, namespace, labels } = metadata;
  return {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    creationTimestamp: formatTime(now),
    ...(labels ? { labels } : {}),
  };
}

function nodeMetrics({ now }: MetricsSource, node: KubeObject, usage: Usage): Measured {
  const use = amountsIn(usage);
  const window = formatDuration(usage.window);
  const object: KubeObject = {
    kind: 'NodeMetrics',
    apiVersion: VERSION,
    metadata: metadataOf(node, now()),
    timestamp: formatTime(usage.at),
    window,
    usage: amounts(use),
  };
  return { object, window, use };
}

function podMetrics({ storage, now }: MetricsSource, pod: KubeObject): Measured[] {
  const { namespace = '', name = '' } = pod.metadata;
  const usages = storage.pod(`${namespace}/${name}`);
  if (!usages) return [];
  const [earliest] = [...usages.values()].sort((one, other) => one.at - other.at);
  const window = formatDuration(earliest?.window ?? 0);
  const containers = [...usages].map(([container, usage]) => ({ name: container, usage: amounts(amountsIn(usage)) }));
  const object: KubeObject = {
    kind: 'PodMetrics',
    apiVersion: VERSION,
    metadata: metadataOf(pod, now()),
    timestamp: formatTime(earliest?.at ?? 0),
    window,
    containers,
  };
  const uses = [...usages.values()].map(amountsIn);
  const use = uses.reduce((sum, more) => ({ cpu: sum.cpu + more.cpu, memory: sum.memory + more.memory }), NOTHING);
  return [{ object, window, use }];
}

const NOTHING: Use = { cpu: 0n, memory: 0n };

function amountsIn({ cpuNanos, memoryBytes }: Usage): Use {
  return { cpu: BigInt(cpuNanos), memory: BigInt(memoryBytes) };
}

function amounts({ cpu, memory }: Use): { cpu: string; memory: string } {
  const bytes: Quantity = { nanos: memory * BYTE, format: 'BinarySI' };
  return { cpu: formatQuantity({ nanos: cpu, format: 'DecimalSI' }), memory: formatQuantity(bytes) };
}

function list(kind: string, measured: readonly Measured[], request: GoRequest): GoAnswer {
  if (wantsTable(request)) return table(measured);
  const items = measured.map(({ object: { kind: _kind, apiVersion: _version, ...rest } }) => rest);
  return json({ kind, apiVersion: VERSION, metadata: {}, items });
}

function one(measured: Measured, request: GoRequest): GoAnswer {
  return wantsTable(request) ? table([measured]) : json(measured.object);
}

function wantsTable({ headers }: GoRequest): boolean {
  return headers['accept']?.includes('as=Table') ?? false;
}

/** What `kubectl get podmetrics` shows. */
function table(measured: readonly Measured[]): GoAnswer {
  const column = (name: string, format: string, description = '') => ({
    ...{ name, type: 'string', format, description, priority: 0 },
  });
  const columns = [
    column('Name', 'name', 'Name of the resource'),
    column('cpu', 'quantity'),
    column('memory', 'quantity'),
    column('Window', 'duration'),
  ];
  return json({
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: measured.length === 0 ? null : columns,
    rows: measured.map(({ object: { metadata }, use, window }) => ({
      cells: [metadata.name, amounts(use).cpu, amounts(use).memory, window],
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
    })),
  });
}
