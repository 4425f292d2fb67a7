import type { Cgroup } from '../../kernel/cgroup.js';
import { type Micros, SECOND } from '../../kernel/time.js';

const PERIOD_DEFAULT = 100_000;

/** A control group with all that cAdvisor says of whose it is. */
export interface Seen {
  readonly group: Cgroup;
  readonly path: string;
  /** `container`, `id`, `image`, `name`, `namespace`, `pod`. */
  readonly labels: readonly (readonly [string, string])[];
  readonly startedAt: Micros;
}

/** A metric of containers; undefined for those that do not have it. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type?: 'counter';
  /** What the container was made with rather than what it does: told without an instant. */
  readonly isSpec?: boolean;
  /** More labels of each of its samples. */
  readonly values: (
    seen: Seen,
    machine: Machine,
  ) => number | readonly (readonly [string, string, number])[] | undefined;
}

/** The machine that they run on. */
export interface Machine {
  readonly at: Micros;
  readonly memoryBytes: number;
  readonly cpus: number;
}

/** Seconds, as Prometheus has all spans. */
const seconds = (span: Micros) => span / SECOND;
/** The part of a CPU's time that is the kernel's, as cpu.stat has it. */
const systemPart = (cpu: Micros) => Math.floor(cpu / 4);
const quota = (group: Cgroup, value: number) => (group.limits.cpuQuota === undefined ? undefined : value);
const zero = () => 0;
/** A weight as shares, as cAdvisor turns it back. */
const sharesOf = (weight: number) => Math.trunc(2 + ((weight - 1) * 262_142) / 9999);

/** The metrics of containers in the order of their names (cAdvisor v0.56 metrics/prometheus.go, what kubelet includes). */
export const CADVISOR_METRICS: readonly Metric[] = [
  {
    ...{ name: 'container_cpu_cfs_burst_periods_total', help: 'Number of periods when burst occurs.', type: 'counter' },
    values: ({ group }) => quota(group, 0),
  },
  {
    name: 'container_cpu_cfs_burst_seconds_total',
    help: 'Total time duration the container has been bursted.',
    type: 'counter',
    values: ({ group }) => quota(group, 0),
  },
  {
    name: 'container_cpu_cfs_periods_total',
    help: 'Number of elapsed enforcement period intervals.',
    type: 'counter',
    values: ({ group }) => quota(group, group.periods),
  },
  {
    name: 'container_cpu_cfs_throttled_periods_total',
    help: 'Number of throttled period intervals.',
    type: 'counter',
    values: ({ group }) => quota(group, group.throttled),
  },
  {
    name: 'container_cpu_cfs_throttled_seconds_total',
    help: 'Total time duration the container has been throttled.',
    type: 'counter',
    values: ({ group }) => quota(group, seconds(group.throttledTime)),
  },
  {
    name: 'container_cpu_system_seconds_total',
    help: 'Cumulative system cpu time consumed in seconds.',
    type: 'counter',
    values: ({ group }) => seconds(systemPart(group.cpu)),
  },
  {
    name: 'container_cpu_usage_seconds_total',
    help: 'Cumulative cpu time consumed in seconds.',
    type: 'counter',
    values: ({ group }) => [['cpu', 'total', seconds(group.cpu)]],
  },
  {
    name: 'container_cpu_user_seconds_total',
    help: 'Cumulative user cpu time consumed in seconds.',
    type: 'counter',
    values: ({ group }) => seconds(group.cpu - systemPart(group.cpu)),
  },
  {
    name: 'container_health_state',
    help: "The result of the container's health check",
    values: () => -1,
  },
  {
    name: 'container_last_seen',
    help: 'Last time a container was seen by the exporter',
    values: (_, { at }) => Math.floor(seconds(at)),
  },
  { name: 'container_memory_cache', help: 'Number of bytes of page cache memory.', values: zero },
  {
    name: 'container_memory_failcnt',
    help: 'Number of memory usage hits limits',
    type: 'counter',
    values: ({ group }) => group.oom,
  },
  { name: 'container_memory_kernel_usage', help: 'Size of kernel memory allocated in bytes.', values: zero },
  { name: 'container_memory_mapped_file', help: 'Size of memory mapped files in bytes.', values: zero },
  {
    name: 'container_memory_max_usage_bytes',
    help: 'Maximum memory usage recorded in bytes',
    values: ({ group }) => group.memoryPeak,
  },
  { name: 'container_memory_rss', help: 'Size of RSS in bytes.', values: ({ group }) => group.memory },
  { name: 'container_memory_swap', help: 'Container swap usage in bytes.', values: zero },
  { name: 'container_memory_total_active_file_bytes', help: 'Current total active file in bytes.', values: zero },
  { name: 'container_memory_total_inactive_file_bytes', help: 'Current total inactive file in bytes.', values: zero },
  {
    name: 'container_memory_usage_bytes',
    help: 'Current memory usage in bytes, including all memory regardless of when it was accessed',
    values: ({ group }) => group.memory,
  },
  {
    name: 'container_memory_working_set_bytes',
    help: 'Current working set in bytes.',
    values: ({ group }) => group.memory,
  },
  {
    name: 'container_oom_events_total',
    help: 'Count of out of memory events observed for the container',
    type: 'counter',
    values: ({ group }) => group.oomKills,
  },
  {
    name: 'container_processes',
    help: 'Number of processes running inside the container.',
    values: ({ group }) => group.pids,
  },
  {
    ...{ name: 'container_spec_cpu_period', help: 'CPU period of the container.', isSpec: true },
    values: ({ group }) => group.limits.cpuPeriod ?? PERIOD_DEFAULT,
  },
  {
    ...{ name: 'container_spec_cpu_quota', help: 'CPU quota of the container.', isSpec: true },
    values: ({ group }) => group.limits.cpuQuota,
  },
  {
    ...{ name: 'container_spec_cpu_shares', help: 'CPU share of the container.', isSpec: true },
    values: ({ group }) => sharesOf(group.limits.cpuWeight ?? 100),
  },
  {
    ...{ name: 'container_spec_memory_limit_bytes', help: 'Memory limit for the container.', isSpec: true },
    values: ({ group, path }, { memoryBytes }) => (path === '/' ? memoryBytes : (group.limits.memoryMax ?? 0)),
  },
  {
    name: 'container_spec_memory_reservation_limit_bytes',
    help: 'Memory reservation limit for the container.',
    isSpec: true,
    values: zero,
  },
  {
    ...{ name: 'container_spec_memory_swap_limit_bytes', help: 'Memory swap limit for the container.', isSpec: true },
    values: zero,
  },
  {
    name: 'container_start_time_seconds',
    help: 'Start time of the container since unix epoch in seconds.',
    isSpec: true,
    values: ({ startedAt }) => Math.floor(seconds(startedAt)),
  },
  {
    name: 'container_threads',
    help: 'Number of threads running inside the container',
    values: ({ group }) => group.pids,
  },
  {
    name: 'container_threads_max',
    help: 'Maximum number of threads allowed inside the container, infinity if value is zero',
    values: ({ group }) => group.limits.pidsMax ?? 0,
  },
];
