import { isJsonObject, type KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import { objectOf, statusOf } from '../../client/create-client.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Metric } from '../go/prometheus.js';
import type { Started } from './component.js';

const PATH = '/apis/metrics.k8s.io/v1beta1/pods';
const CLIENT = 'default-metrics-client';

/** What the metrics API tells of a pod. */
export interface PodMetrics extends KubeObject {
  readonly timestamp?: string;
  readonly containers?: readonly { readonly name: string; readonly usage: Readonly<Record<string, string>> }[] | null;
}

/** What all pods use, `asked` counts how that went; nothing, and a line in the log, when the metrics API does not answer. */
export function* podMetrics({ client, log }: Started, asked: Metric): Waiting<readonly PodMetrics[]> {
  try {
    const response = yield* client.raw({ method: 'GET', target: PATH, headers: { accept: 'application/json' } });
    if (response.status !== 200) throw new StatusError(statusOf(response));
    const list = objectOf(response);
    asked.add(['false', CLIENT]);
    return isJsonObject(list) && Array.isArray(list['items']) ? (list['items'] as unknown as PodMetrics[]) : [];
  } catch (error) {
    if (!(error instanceof StatusError) && !isErrno(error)) throw error;
    asked.add(['true', CLIENT]);
    log.error(error, 'Cannot get ContainerMetricsSnapshot from MetricsClient', {}, 'cluster_feeder.go:505');
    return [];
  }
}
