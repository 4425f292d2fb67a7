import type { ServerParts } from '../parts.js';

/** One check of a health endpoint; undefined when it is well, else why not. */
export interface HealthCheck {
  readonly name: string;
  check(parts: ServerParts): string | undefined;
}

const POST_START_HOOKS = [
  'start-apiserver-admission-initializer',
  'generic-apiserver-start-informers',
  'priority-and-fairness-config-consumer',
  'priority-and-fairness-filter',
  'storage-object-count-tracker-hook',
  'start-apiextensions-informers',
  'start-apiextensions-controllers',
  'crd-informer-synced',
  'start-system-namespaces-controller',
  'start-cluster-authentication-info-controller',
  'start-kube-apiserver-identity-lease-controller',
  'start-kube-apiserver-identity-lease-garbage-collector',
  'start-legacy-token-tracking-controller',
  'start-service-ip-repair-controllers',
  'rbac/bootstrap-roles',
  'scheduling/bootstrap-system-priority-classes',
  'priority-and-fairness-config-producer',
  'bootstrap-controller',
  'start-kubernetes-service-cidr-controller',
  'aggregator-reload-proxy-client-cert',
  'start-kube-aggregator-informers',
  'apiservice-status-local-available-controller',
  'apiservice-status-remote-available-controller',
  'apiservice-registration-controller',
  'apiservice-discovery-controller',
  'kube-apiserver-autoregistration',
];

const PING: HealthCheck = { name: 'ping', check: () => undefined };
const LOG: HealthCheck = { name: 'log', check: () => undefined };
const ETCD: HealthCheck = { name: 'etcd', check: (parts) => (parts.etcd.current ? undefined : 'reason withheld') };
const ETCD_READINESS: HealthCheck = { ...ETCD, name: 'etcd-readiness' };
const HOOKS: readonly HealthCheck[] = POST_START_HOOKS.map((name) => ({
  name: `poststarthook/${name}`,
  check: () => undefined,
}));
const OPENAPI: readonly HealthCheck[] = [
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
  'poststarthook/apiservice-openapiv3-controller',
].map((name) => ({ name, check: () => undefined }));
const READY_ONLY: readonly HealthCheck[] = ['informer-sync', 'shutdown'].map((name) => ({
  name,
  check: () => undefined,
}));

const CHECKS: Readonly<Record<string, readonly HealthCheck[]>> = {
  healthz: [PING, LOG, ETCD, ...HOOKS, ...OPENAPI],
  livez: [PING, LOG, ETCD, ...HOOKS, ...OPENAPI],
  readyz: [PING, LOG, ETCD, ETCD_READINESS, ...READY_ONLY.slice(0, 1), ...HOOKS, ...OPENAPI, ...READY_ONLY.slice(1)],
};

/** What a health endpoint answers: `ok`, one line a check when `verbose`, or 500 with the lines. Undefined: no such path. */
export function health(
  parts: ServerParts,
  path: string,
  query: URLSearchParams,
): { code: number; text: string } | undefined {
  const [name = '', ...rest] = path.replace(/^\/+|\/+$/g, '').split('/');
  const checks = CHECKS[name];
  if (!checks) return undefined;
  if (rest.length > 0) return single(parts, checks, name, rest.join('/'));
  // Probes ask every second; they are told no more than this.
  if (query.size === 0 && checks.every((check) => check.check(parts) === undefined)) return { code: 200, text: 'ok' };
  const excluded = new Set(query.getAll('exclude'));
  const lines: string[] = [];
  let failed = false;
  for (const check of checks) {
    if (excluded.has(check.name)) {
      lines.push(`[+]${check.name} excluded: ok`);
      excluded.delete(check.name);
      continue;
    }
    const why = check.check(parts);
    if (why === undefined) lines.push(`[+]${check.name} ok`);
    else {
      failed = true;
      lines.push(`[-]${check.name} failed: ${why}`);
    }
  }
  if (excluded.size > 0) {
    lines.push(
      `warn: some health checks cannot be excluded: no matches for ${[...excluded]
        .sort()
        .map((one) => JSON.stringify(one))
        .join(', ')}`,
    );
  }
  if (failed) return { code: 500, text: `${lines.join('\n')}\n${name} check failed\n` };
  return query.has('verbose')
    ? { code: 200, text: `${lines.join('\n')}\n${name} check passed\n` }
    : { code: 200, text: 'ok' };
}

function single(
  parts: ServerParts,
  checks: readonly HealthCheck[],
  endpoint: string,
  name: string,
): { code: number; text: string } | undefined {
  const check = checks.find((one) => one.name === name);
  if (!check) return undefined;
  const why = check.check(parts);
  if (why === undefined) return { code: 200, text: 'ok' };
  return { code: 500, text: `internal server error: ${endpoint} check ${name} failed: ${why}\n` };
}
