import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';
import { type Family, familyText } from './metric-families.js';
import type { NodeStats } from './stats.js';

/** What kubelet answers under /metrics/resource (collectors/resource_metrics.go), in the order of the names. */
export function resourceMetrics(stats: NodeStats): string {
  const pods = [...stats.pods.values()].filter(({ containers }) => containers.length > 0);
  const containers = pods.flatMap(({ name, namespace, containers: own }) =>
    own.map((each) => ({ ...each, labels: `{container="${each.name}",namespace="${namespace}",pod="${name}"}` })),
  );
  const seconds = (span: Micros) => span / SECOND;
  const podLabels = ({ name, namespace }: (typeof pods)[number]) => `{namespace="${namespace}",pod="${name}"}`;
  const cpu = (what: string) => `[STABLE] Cumulative cpu time consumed by the ${what} in core-seconds`;
  const memory = (what: string) => `[STABLE] Current working set of the ${what} in bytes`;
  const counter = (name: string, help: string, samples: Family['samples']): Family => ({
    ...{ name, help, type: 'counter', samples, timed: true },
  });
  const gauge = (name: string, help: string, samples: Family['samples'], timed = true): Family => ({
    ...{ name, help, type: 'gauge', samples, timed },
  });
  const families = [
    counter(
      'container_cpu_usage_seconds_total',
      cpu('container'),
      containers.map((each) => [each.labels, seconds(each.cpu)]),
    ),
    gauge(
      'container_memory_working_set_bytes',
      memory('container'),
      containers.map((each) => [each.labels, each.memoryBytes]),
    ),
    gauge(
      'container_start_time_seconds',
      '[STABLE] Start time of the container since unix epoch in seconds',
      containers.map((each) => [each.labels, seconds(each.startedAt)]),
      false,
    ),
    counter('node_cpu_usage_seconds_total', cpu('node'), [['', seconds(stats.cpu)]]),
    gauge('node_memory_working_set_bytes', memory('node'), [['', stats.memory.workingSetBytes]]),
    counter(
      'pod_cpu_usage_seconds_total',
      cpu('pod'),
      pods.map((pod) => [podLabels(pod), seconds(pod.cpu)]),
    ),
    gauge(
      'pod_memory_working_set_bytes',
      memory('pod'),
      pods.map((pod) => [podLabels(pod), pod.memoryBytes]),
    ),
    gauge(
      'resource_scrape_error',
      '[STABLE] 1 if there was an error while getting container metrics, 0 otherwise',
      [['', 0]],
      false,
    ),
  ];
  const at = Math.floor(stats.at / MILLISECOND);
  return families.map((family) => familyText(family, at)).join('');
}
