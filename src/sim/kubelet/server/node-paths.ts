import { VERSION_INFO } from '../../api/version.js';
import { encodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { withDefaults } from '../config/defaults.js';
import type { KubeletContext } from '../context.js';
import type { PodManager } from '../pods/pod-manager.js';
import { cadvisorMetrics } from '../stats/cadvisor-metrics.js';
import { collectStats } from '../stats/collect.js';
import { resourceMetrics } from '../stats/resource-metrics.js';
import { summaryOf } from '../stats/summary.js';
import { refuse } from './logs.js';
import { serveLogFiles } from './system-logs.js';

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/** What kubelet's health consists of. */
const HEALTH_CHECKS = ['ping', 'log', 'syncloop'];

/** Answers what is asked about the node as a whole; undefined when the path is another's. */
export function* answerAboutNode(
  context: KubeletContext,
  pods: PodManager,
  { pathname, searchParams }: URL,
): Waiting<HttpResponse | undefined> {
  if (pathname === '/pods') return json({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items: pods.list() });
  if (pathname === '/configz') return json({ kubeletconfig: withDefaults(context.config.given) });
  if (pathname === '/runningpods/') return json(yield* runningPods(context));
  if (pathname === '/metrics') return text(yield* metrics(context), METRICS_TYPE);
  if (pathname === '/metrics/resource')
    return text(resourceMetrics(yield* collectStats(context, pods.list())), METRICS_TYPE);
  if (pathname === '/metrics/cadvisor') return text(yield* cadvisorMetrics(context, pods.list()), METRICS_TYPE);
  if (pathname === '/stats/summary')
    return json(summaryOf(context.nodeName, yield* collectStats(context, pods.list())));
  if (pathname.startsWith('/logs/')) return serveLogFiles(context.sys, decodeURIComponent(pathname.slice(6)));
  const [, what, check, ...more] = pathname.split('/');
  return what === 'healthz' && more.length === 0 ? health(check, searchParams.has('verbose')) : undefined;
}

function health(check: string | undefined, verbose: boolean): HttpResponse {
  if (check !== undefined && check !== '')
    return HEALTH_CHECKS.includes(check) ? text('ok') : refuse(404, '404 page not found\n');
  if (!verbose) return text('ok');
  return text(`${HEALTH_CHECKS.map((name) => `[+]${name} ok\n`).join('')}healthz check passed\n`);
}

/** What the runtime runs, as far as it knows of pods. */
function* runningPods({ cri }: KubeletContext): Waiting<object> {
  const { items: sandboxes } = yield* cri.call('ListPodSandbox', {});
  const { containers } = yield* cri.call('ListContainers', {});
  const items = sandboxes
    .filter(({ state }) => state === 'SANDBOX_READY')
    .map(({ id, config: { name, namespace, uid } }) => ({
      metadata: { name, namespace, uid },
      spec: {
        containers: containers
          .filter(({ sandboxId, state }) => sandboxId === id && state === 'CONTAINER_RUNNING')
          .map(({ config, imageRef }) => ({ name: config.name, image: imageRef, resources: {} })),
      },
      status: {},
    }));
  return { kind: 'PodList', apiVersion: 'v1', metadata: {}, items };
}

/** What kubelet counts, in the order of the names; of use by pods it knows nothing here. */
function* metrics({ cri, nodeName }: KubeletContext): Waiting<string> {
  const { items: sandboxes } = yield* cri.call('ListPodSandbox', {});
  const { containers } = yield* cri.call('ListContainers', {});
  const count = (wanted: string): number => containers.filter(({ state }) => state === wanted).length;
  const states = { created: 'CONTAINER_CREATED', exited: 'CONTAINER_EXITED', running: 'CONTAINER_RUNNING' };
  return [
    ...gauge('kubelet_node_name', "[ALPHA] The node's name. The count is always 1.", [[`{node="${nodeName}"}`, 1]]),
    ...gauge(
      'kubelet_running_containers',
      '[ALPHA] Number of containers currently running',
      Object.entries(states)
        .map(([name, state]): [string, number] => [`{container_state="${name}"}`, count(state)])
        .filter(([, value]) => value > 0),
    ),
    ...gauge('kubelet_running_pods', '[ALPHA] Number of pods that have a running pod sandbox', [
      ['', sandboxes.filter(({ state }) => state === 'SANDBOX_READY').length],
    ]),
    ...gauge('kubernetes_build_info', BUILD_HELP, [[buildLabels(), 1]]),
    '',
  ].join('\n');
}

const BUILD_HELP =
  "[ALPHA] A metric with a constant '1' value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.";

function buildLabels(): string {
  const { major, minor, gitVersion, gitCommit, gitTreeState, buildDate, goVersion, compiler, platform } = VERSION_INFO;
  return `{build_date="${buildDate}",compiler="${compiler}",git_commit="${gitCommit}",git_tree_state="${gitTreeState}",git_version="${gitVersion}",go_version="${goVersion}",major="${major}",minor="${minor}",platform="${platform}"}`;
}

function gauge(name: string, help: string, samples: readonly (readonly [labels: string, value: number])[]): string[] {
  if (samples.length === 0) return [];
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}

function json(value: object): HttpResponse {
  return text(JSON.stringify(value), 'application/json');
}

function text(body: string, type = 'text/plain; charset=utf-8'): HttpResponse {
  return { status: 200, headers: { 'content-type': type }, body: encodeText(body) };
}
