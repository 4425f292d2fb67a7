import type { ServerParts } from '../parts.js';

/** One check of a health endpoint; undefined when it is well, else why not. */
export interface HealthCheck {
  readonly name: string;
  check(parts: ServerParts): string | undefined;
}

/** Hooks that run when the server starts, in their order (recorded from kube-apiserver v1.36.0). */
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
  'peer-endpoint-reconciler-controller',
  'start-cluster-authentication-info-controller',
  'start-kube-apiserver-identity-lease-controller',
  'start-kube-apiserver-identity-lease-garbage-collector',
  'storage-readiness',
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
].map((name) => `poststarthook/${name}`);
/** Only a server with a certificate for its proxy reads it again. */
const PROXY_HOOK = 'poststarthook/aggregator-reload-proxy-client-cert';
const LAST = [
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
  'poststarthook/apiservice-openapiv3-controller',
];

const FINE = (name: string): HealthCheck => ({ name, check: () => undefined });
/** Told while there is an encryption configuration that is read again, or a plug-in that keeps keys. */
const KMS: HealthCheck = {
  name: 'kms-providers',
  check: ({ encryption }) =>
    encryption?.plugin === undefined
      ? undefined
      : `kms-provider-0: failed to perform status section of the healthz check for KMS Provider ${encryption.plugin}, error: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
};
const RELOAD_HOOK = FINE('poststarthook/start-encryption-provider-config-automatic-reload');
const STORAGE_HOOK = 'poststarthook/storage-readiness';
/** Whose objects the server itself follows; it is not ready as long as it cannot. */
const FOLLOWED = ['secrets', 'serviceaccounts', 'namespaces', 'minions', 'pods', 'roles', 'rolebindings'];
const INFORMERS: HealthCheck = {
  name: 'informer-sync',
  check: ({ storage }) => {
    const stuck = FOLLOWED.filter((name) => storage?.stuckUnder(`/registry/${name}/`));
    return stuck.length === 0 ? undefined : `${stuck.length} informers not started yet: [${stuck.join(' ')}]`;
  },
};
const STORAGE: HealthCheck = {
  name: STORAGE_HOOK,
  check: ({ storage }) => (storage?.isWaiting ? 'not finished' : undefined),
};
const ETCD = (name: string): HealthCheck => ({
  name,
  check: (parts) => (parts.etcd.current ? undefined : 'etcd client connection not yet established'),
});
const HOOKS = [...POST_START_HOOKS, ...LAST].map((name) => (name === STORAGE_HOOK ? STORAGE : FINE(name)));
const BEFORE_HOOKS = [FINE('ping'), FINE('log'), FINE('loopback-serving-certificate'), ETCD('etcd')];
const LIVE = [...BEFORE_HOOKS, RELOAD_HOOK, ...HOOKS];

const CHECKS: Readonly<Record<string, readonly HealthCheck[]>> = {
  healthz: [...BEFORE_HOOKS, KMS, RELOAD_HOOK, ...HOOKS],
  livez: LIVE,
  readyz: [
    FINE('ping'),
    FINE('log'),
    ETCD('etcd'),
    ETCD('etcd-readiness'),
    KMS,
    INFORMERS,
    RELOAD_HOOK,
    ...HOOKS,
    FINE('shutdown'),
  ],
};

/** The checks of an endpoint on this server; undefined when there is no such endpoint. */
function checksOf(parts: ServerParts, name: string): readonly HealthCheck[] | undefined {
  const checks = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  const { encryption, hasProxyCertificate } = parts;
  return checks?.filter((check) => {
    if (check.name === PROXY_HOOK) return hasProxyCertificate;
    if (check === RELOAD_HOOK) return encryption?.reloads;
    return check !== KMS || encryption?.reloads || encryption?.plugin !== undefined;
  });
}

/** What a health endpoint answers: `ok`, one line a check when `verbose`, or 500 with the lines. Undefined: no such path. */
export function health(
  parts: ServerParts,
  path: string,
  query: URLSearchParams,
): { code: number; text: string } | undefined {
  const [name = '', ...rest] = path.replace(/^\/+|\/+$/g, '').split('/');
  const checks = checksOf(parts, name);
  if (!checks) return undefined;
  if (rest.length > 0) return single(parts, checks, rest.join('/'));
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
      // Anybody may ask; why is told to those who ask for the check itself.
      lines.push(`[-]${check.name} failed: reason withheld`);
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
  name: string,
): { code: number; text: string } | undefined {
  const check = checks.find((one) => one.name === name);
  if (!check) return undefined;
  const why = check.check(parts);
  if (why === undefined) return { code: 200, text: 'ok' };
  return { code: 500, text: `internal server error: ${why}\n` };
}
