/** Asks the APIs of metrics (pkg/controller/podautoscaler/metrics and k8s.io/metrics' clients). */

import { parseDuration } from '../../api/duration.js';
import { formatSelector, type Selector } from '../../api/labels.js';
import { isJsonObject, type KubeObject } from '../../api/object.js';
import { parseQuantity, quantityMilliValue } from '../../api/quantity.js';
import { StatusError } from '../../api/status.js';
import { parseOptionalTime } from '../../api/time.js';
import type { ScaleTarget } from '../../api/types/autoscaling.js';
import type { ApiClient } from '../../client/client.js';
import { objectOf, statusOf } from '../../client/create-client.js';
import { withQuery } from '../../client/paths.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { POD_METRICS } from '../machinery/resource-types.js';
import type { PodMetric, PodMetrics } from './pod-metrics.js';
import type { ResourceMapper } from './resource-mapper.js';

const CUSTOM = 'custom.metrics.k8s.io';
const CUSTOM_VERSIONS = ['v1beta2', 'v1beta1'];
const EXTERNAL = 'external.metrics.k8s.io';
/** How long a custom metric was measured where it does not say. */
const WINDOW = 60 * SECOND;

interface PodMetricsObject extends KubeObject {
  readonly timestamp?: string;
  readonly window?: string;
  readonly containers?: readonly { readonly name: string; readonly usage: Readonly<Record<string, string>> }[] | null;
}

interface MetricValue {
  readonly describedObject?: { readonly name?: string };
  readonly timestamp?: string;
  readonly windowSeconds?: number;
  readonly window?: number;
  readonly value?: string;
}

/** Which objects of a namespace are asked about, and which of their metrics. */
export interface Wanted {
  readonly namespace: string;
  readonly metric: string;
  /** Narrows series of the metric; null for none. */
  readonly selector: Selector;
}

/** What the APIs of metrics know. Every question throws `SyncError` with the words that conditions repeat. */
export class MetricsClient {
  constructor(
    private readonly client: ApiClient,
    private readonly mapper: ResourceMapper,
  ) {}

  /** What pods use of a resource, or one container of each, in thousandths. */
  *resource(resource: string, namespace: string, selector: Selector, container: string): Waiting<PodMetrics> {
    const items = yield* worded('unable to fetch metrics from resource metrics API', () =>
      this.podMetrics(namespace, selector),
    );
    if (items.length === 0) throw new SyncError('no metrics returned from resource metrics API');
    const found: PodMetrics = new Map();
    for (const item of items) {
      const value = container === '' ? sumOf(item, resource) : ofContainer(item, resource, container);
      if (value === undefined) continue;
      const timestamp = parseOptionalTime(item.timestamp) ?? 0;
      found.set(item.metadata.name ?? '', { timestamp, window: parseDuration(item.window ?? '0s'), value });
    }
    return found;
  }

  /** A metric of the pods that a selector finds, in thousandths. */
  *ofPods({ namespace, metric, selector }: Wanted, pods: Selector): Waiting<PodMetrics> {
    const items = yield* worded('unable to fetch metrics from custom metrics API', () =>
      this.custom(`/namespaces/${namespace}/pods/*/${metric}`, `pods.${CUSTOM} *`, formatSelector(pods), selector),
    );
    if (items.length === 0) throw new SyncError('no metrics returned from custom metrics API');
    return new Map(items.map((item) => [item.describedObject?.name ?? '', podMetric(item)]));
  }

  /** A metric of one object, in thousandths. */
  *ofObject(
    { namespace, metric, selector }: Wanted,
    { apiVersion = '', kind = '', name = '' }: ScaleTarget,
  ): Waiting<number> {
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    return yield* worded('unable to fetch metrics from custom metrics API', () =>
      this.oneValue(namespace, metric, selector, { group, kind, name }),
    );
  }

  private *oneValue(
    namespace: string,
    metric: string,
    selector: Selector,
    { group, kind, name }: { group: string; kind: string; name: string },
  ): Waiting<number> {
    let items: readonly MetricValue[];
    if (kind === 'Namespace' && group === '') {
      const path = `/namespaces/${namespace}/metrics/${metric}`;
      items = yield* this.custom(path, `metrics.${CUSTOM} ${metric}`, '', selector);
    } else {
      const [mapping] = yield* this.mapper.mappings(
        group,
        kind,
        (why) => `unable to map kind ${kindText(kind, group)} to resource: ${why}`,
      );
      const resource = group === '' ? mapping?.resource : `${mapping?.resource}.${group}`;
      const path = `/namespaces/${namespace}/${resource}/${name}/${metric}`;
      items = yield* this.custom(path, `${resource}.${CUSTOM} ${name}`, '', selector);
    }
    const [only] = items;
    if (!only || items.length !== 1)
      throw new SyncError(
        `the custom metrics API server returned ${items.length} results when we asked for exactly one`,
      );
    return milli(only.value);
  }

  /** All values of a metric that has to do with no object of the cluster, in thousandths. */
  *external({ namespace, metric, selector }: Wanted): Waiting<number[]> {
    const path = `/apis/${EXTERNAL}/v1beta1/namespaces/${namespace}/${metric}`;
    const items = yield* worded('unable to fetch metrics from external metrics API', () =>
      this.items<MetricValue>(
        withQuery(path, { labelSelector: formatSelector(selector) || undefined }),
        `${metric}.${EXTERNAL}`,
      ),
    );
    if (items.length === 0) throw new SyncError('no metrics returned from external metrics API');
    return items.map(({ value }) => milli(value));
  }

  private podMetrics(namespace: string, selector: Selector): Waiting<readonly PodMetricsObject[]> {
    const { group, version } = POD_METRICS;
    const path = `/apis/${group}/${version}/namespaces/${namespace}/pods`;
    return this.items(withQuery(path, { labelSelector: formatSelector(selector) || undefined }), `pods.${group}`);
  }

  private *custom(path: string, what: string, labels: string, metrics: Selector): Waiting<readonly MetricValue[]> {
    const version = yield* this.customVersion();
    const query = { labelSelector: labels || undefined, metricLabelSelector: formatSelector(metrics) || undefined };
    return yield* this.items(withQuery(`/apis/${CUSTOM}/${version}${path}`, query), what);
  }

  private *customVersion(): Waiting<string> {
    const { groups = [] } = (yield* this.read('/apis', '')) as {
      groups?: { name: string; preferredVersion?: { version: string }; versions: { version: string }[] }[];
    };
    const group = groups.find(({ name }) => name === CUSTOM);
    if (!group) throw new SyncError(`no custom metrics API (${CUSTOM}) registered`);
    const offered = [group.preferredVersion?.version ?? '', ...group.versions.map(({ version }) => version)];
    const chosen = offered.find((version) => CUSTOM_VERSIONS.includes(version));
    if (chosen === undefined) throw new SyncError('no known available metric versions found');
    return chosen;
  }

  private *items<T>(target: string, what: string): Waiting<readonly T[]> {
    const list = yield* this.read(target, what);
    const items = isJsonObject(list) ? list['items'] : undefined;
    return Array.isArray(items) ? items : [];
  }

  private *read(target: string, what: string): Waiting<unknown> {
    const response = yield* this.client.raw({ method: 'GET', target, headers: { accept: 'application/json' } });
    if (response.status < 400) return objectOf(response);
    const status = statusOf(response);
    const isWordless = status.details?.causes?.some(({ reason }) => reason === 'UnexpectedServerResponse') ?? false;
    const message = isWordless && what !== '' ? `${status.message} (get ${what})` : (status.message ?? '');
    throw new StatusError({ ...status, message });
  }
}

/** Does something, and words its failure. */
export function* worded<T>(words: string, work: () => Waiting<T>): Waiting<T> {
  try {
    return yield* work();
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    throw new SyncError(`${words}: ${error.message}`);
  }
}

function kindText(kind: string, group: string): string {
  return group === '' ? kind : `${kind}.${group}`;
}

function sumOf({ containers }: PodMetricsObject, resource: string): number | undefined {
  const values = (containers ?? []).map(({ usage }) => usage[resource]);
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return values.reduce((sum, value) => sum + milli(value), 0);
}

function ofContainer({ containers }: PodMetricsObject, resource: string, container: string): number | undefined {
  const value = containers?.find(({ name }) => name === container)?.usage[resource];
  return value === undefined ? undefined : milli(value);
}

function podMetric({ timestamp, windowSeconds, window = windowSeconds, value }: MetricValue): PodMetric {
  return {
    timestamp: parseOptionalTime(timestamp) ?? 0,
    window: window === undefined ? WINDOW : window * SECOND,
    value: milli(value),
  };
}

function milli(text: string | undefined): number {
  return quantityMilliValue(parseQuantity(text ?? '0'));
}
