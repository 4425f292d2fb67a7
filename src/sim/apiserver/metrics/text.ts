import { VERSION_INFO } from '../../api/version.js';
import type { ServerParts } from '../parts.js';
import type { Counter } from './counter.js';
import { DURATION_BUCKETS, type Metrics } from './metrics.js';

type Labels = Readonly<Record<string, string | number>>;

/** One family of metrics in Prometheus' text format. */
function family(name: string, type: 'counter' | 'gauge' | 'histogram', help: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`;
}

function counter(counted: Counter): string {
  const { name, help } = counted;
  const lines = counted.series().map(({ labels, count }) => line(name, labels, count));
  return family(name, 'counter', help, lines);
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((label) => `${label}="${String(labels[label]).replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${number(value)}`;
}

/** Numbers as Go's %g writes large ones. */
function number(value: number): string {
  if (Math.abs(value) < 1e21 && (Math.abs(value) < 1e6 || !Number.isInteger(value))) return String(value);
  return value
    .toExponential()
    .replace(/e\+?(-?)(\d)$/, 'e+$10$2')
    .replace('e+-', 'e-');
}

/** GET /metrics: what the server counted, by family in the order of their names. `objects` by resource. */
export function metricsText(parts: ServerParts, metrics: Metrics, objects: ReadonlyMap<string, number>): string {
  return [
    inflight(metrics),
    durations(metrics),
    requests(metrics),
    family(
      'apiserver_longrunning_requests',
      'gauge',
      '[STABLE] Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component. Not all requests are tracked this way.',
      [line('apiserver_longrunning_requests', { component: 'apiserver', verb: 'WATCH' }, parts.watches.count)],
    ),
    family(
      'apiserver_storage_objects',
      'gauge',
      '[STABLE] Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1.',
      [...objects].sort(byName).map(([resource, count]) => line('apiserver_storage_objects', { resource }, count)),
    ),
    family('kubernetes_build_info', 'gauge', BUILD_HELP, [line('kubernetes_build_info', buildLabels(), 1)]),
    counter(metrics.podSecurity.errors),
    counter(metrics.podSecurity.evaluations),
    counter(metrics.podSecurity.exemptions),
    family('process_start_time_seconds', 'gauge', 'Start time of the process since unix epoch in seconds.', [
      line('process_start_time_seconds', {}, Math.round(metrics.started / 10_000) / 100),
    ]),
  ].join('');
}

const BUILD_HELP =
  "[ALPHA] A metric with a constant '1' value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.";

function buildLabels(): Labels {
  const { major, minor, gitVersion, gitCommit, gitTreeState, buildDate, goVersion, compiler, platform } = VERSION_INFO;
  return {
    major,
    minor,
    git_version: gitVersion,
    git_commit: gitCommit,
    git_tree_state: gitTreeState,
    build_date: buildDate,
    go_version: goVersion,
    compiler,
    platform,
  };
}

function byName([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return one < other ? -1 : 1;
}

function inflight({ inflight: { mutating, readOnly } }: Metrics): string {
  const name = 'apiserver_current_inflight_requests';
  return family(
    name,
    'gauge',
    '[STABLE] Maximal number of currently used inflight request limit of this apiserver per request kind in last second.',
    [line(name, { request_kind: 'mutating' }, mutating), line(name, { request_kind: 'readOnly' }, readOnly)],
  );
}

function durations(metrics: Metrics): string {
  const name = 'apiserver_request_duration_seconds';
  const lines = sorted(metrics.timed).flatMap(({ labels, buckets, count, seconds }) => {
    const own = { ...labels, component: 'apiserver', dry_run: '' };
    return [
      ...buckets.map((value, index) =>
        line(`${name}_bucket`, { ...own, le: DURATION_BUCKETS[index] as number }, value),
      ),
      line(`${name}_bucket`, { ...own, le: '+Inf' }, count),
      line(`${name}_sum`, own, seconds),
      line(`${name}_count`, own, count),
    ];
  });
  const help =
    '[STABLE] Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.';
  return family(name, 'histogram', help, lines);
}

function requests(metrics: Metrics): string {
  const name = 'apiserver_request_total';
  const lines = sorted(metrics.counted).map(({ labels: { dryRun, ...labels }, count }) =>
    line(name, { ...labels, component: 'apiserver', dry_run: dryRun }, count),
  );
  const help =
    '[STABLE] Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.';
  return family(name, 'counter', help, lines);
}

function sorted<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}
