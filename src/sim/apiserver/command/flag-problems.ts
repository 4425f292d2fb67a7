/** What single flags must be, in the words in which kube-apiserver refuses them when it starts. */
import { HOUR, SECOND } from '../../kernel/time.js';
import { featureGateProblem } from './feature-gates.js';
import { StartError } from './files.js';
import type { Flags } from './flags.js';
import { isCipherSuite } from './tls-options.js';

/** Numbers that must not be below zero, in the order they are looked at. */
const NOT_NEGATIVE = ['max-requests-inflight', 'max-mutating-requests-inflight', 'min-request-timeout'] as const;

/** What is refused before anything else is looked at, one thing at a time. Throws `StartError`. */
export function refuseGates(flags: Flags): void {
  const gate = featureGateProblem(flags.list('feature-gates'));
  if (gate !== undefined) throw new StartError(gate);
  if (flags.text('logging-format', 'text') !== 'text' && flags.text('logging-format') !== 'json') {
    const given = JSON.stringify(flags.text('logging-format'));
    throw new StartError(`format: Invalid value: ${given}: Unsupported log format`);
  }
  const ranges = flags.text('service-cluster-ip-range', '10.0.0.0/24').split(',');
  const wrong = ranges.findIndex((one) => !/^[0-9a-fA-F.:]+\/\d+$/.test(one.trim()));
  if (wrong !== -1) throw new StartError(`service-cluster-ip-range[${wrong}] is not a valid cidr`);
  const [first = ''] = ranges;
  if (!first.includes(':') && Number(first.split('/')[1]) > 29) {
    const why = 'the service cluster IP range must be at least 8 IP addresses';
    throw new StartError(`error determining service IP ranges for primary service cidr: ${why}`);
  }
  if (flags.has('service-account-max-token-expiration')) {
    const longest = flags.duration('service-account-max-token-expiration', 0);
    if (longest < HOUR || longest > 2 ** 32 * SECOND) {
      throw new StartError('the service-account-max-token-expiration must be between 1 hour and 2^32 seconds');
    }
  }
}

/** Sizes of caches, of which only the form is looked at. Throws `StartError`. */
export function refuseCaches(flags: Flags): void {
  for (const one of flags.list('watch-cache-sizes')) {
    const [, size, more] = one.split('#');
    if (size === undefined || more !== undefined) throw new StartError(`invalid value of watch cache size: ${one}`);
    if (!/^\d+$/.test(size)) throw new StartError(`invalid size of watch cache size: ${one}`);
  }
}

/** What tokens of an issuer of one's own are told by flags has to be a secure address. Throws `StartError`. */
export function refuseOidc(flags: Flags): void {
  const issuer = flags.text('oidc-issuer-url');
  if (issuer === '') return;
  const why = issuerProblem(issuer);
  if (why !== undefined) {
    const field = `jwt[0].issuer.url: Invalid value: ${JSON.stringify(issuer)}`;
    throw new StartError(`invalid authentication configuration: ${field}: ${why}`);
  }
  const known = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'];
  const unknown = flags.list('oidc-signing-algs').find((name) => !known.includes(name));
  if (unknown !== undefined) throw new StartError(`oidc: unsupported signing alg: ${JSON.stringify(unknown)}`);
}

function issuerProblem(issuer: string): string | undefined {
  if (issuer.startsWith(':')) return `parse ${JSON.stringify(issuer)}: missing protocol scheme`;
  if (!issuer.startsWith('https:')) return 'URL scheme must be https';
  if (/^https:\/\/[^/]*@/.test(issuer)) return 'URL must not contain a username or password';
  if (issuer.includes('?')) return 'URL must not contain a query';
  return issuer.includes('#') ? 'URL must not contain a fragment' : undefined;
}

/** What of the generic server's flags does not fit, told together with all that does not fit. */
export function servingProblems(flags: Flags): string[] {
  const problems: string[] = [];
  for (const name of NOT_NEGATIVE) {
    if (flags.number(name, 0) < 0) problems.push(`--${name} can not be negative value`);
  }
  if (flags.duration('request-timeout', 1) < 0) problems.push('--request-timeout can not be negative value');
  const goaway = flags.number('goaway-chance', 0);
  if (goaway < 0 || goaway > 0.02) problems.push('--goaway-chance can not be less than 0 or greater than 0.02');
  if (flags.duration('livez-grace-period', 0) < 0) {
    problems.push('--livez-grace-period can not be a negative value');
  }
  if (flags.duration('shutdown-delay-duration', 0) < 0) {
    problems.push('--shutdown-delay-duration can not be negative value');
  }
  const directives = flags.list('strict-transport-security-directives');
  if (directives.some((one) => !/^(max-age=.*|includeSubDomains|preload)$/.test(one))) {
    const allowed = 'max-age=expireTime, includeSubDomains, preload';
    const more = 'see https://tools.ietf.org/html/rfc6797#section-6.1 for more information';
    problems.push(`--strict-transport-security-directives invalid, allowed values: ${allowed}. ${more}`);
  }
  return problems;
}

/** What of the storage's flags does not fit. */
export function storageProblems(flags: Flags): string[] {
  const backend = flags.text('storage-backend');
  if (backend === '' || backend === 'etcd3') return [];
  return ["--storage-backend invalid, allowed values: etcd3. If not specified, it will default to 'etcd3'"];
}

/** What of the API server's own flags does not fit. */
export function ownProblems(flags: Flags): string[] {
  const problems: string[] = [];
  const ranges = flags.list('service-cluster-ip-range');
  if (ranges.length === 2 && ranges[0]?.includes(':') === ranges[1]?.includes(':')) {
    problems.push('--service-cluster-ip-range[0] and --service-cluster-ip-range[1] must be of different IP family');
  }
  const count = flags.number('apiserver-count', 1);
  if (count <= 0) problems.push(`--apiserver-count should be a positive number, but value '${count}' provided`);
  const oidc = flags.names().filter((name) => name.startsWith('oidc-'));
  if (oidc.length > 0 && (flags.text('oidc-issuer-url') === '' || flags.text('oidc-client-id') === '')) {
    problems.push('oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set');
  }
  if (oidc.length > 0 && flags.has('authentication-config')) {
    problems.push('authentication-config file and oidc-* flags are mutually exclusive');
  }
  const keysAt = flags.text('service-account-jwks-uri');
  if (keysAt !== '' && !keysAt.startsWith('https:')) {
    problems.push(`service-account-jwks-uri requires https scheme, parsed as: ${keysAt}`);
  }
  return problems;
}

/** What single flags of the audit log's way outside must be; nobody looks at them without its file. */
export function auditWebhookProblems(flags: Flags): string[] {
  if (flags.text('audit-webhook-config-file') === '') return [];
  const problems: string[] = [];
  const mode = flags.text('audit-webhook-mode', 'batch');
  const modes = ['batch', 'blocking', 'blocking-strict'];
  if (!modes.includes(mode)) {
    problems.push(`invalid audit webhook mode ${mode}, allowed modes are "${modes.join(',')}"`);
  }
  const size = flags.number('audit-webhook-batch-max-size', 400);
  const buffer = flags.number('audit-webhook-batch-buffer-size', 10_000);
  if (buffer <= 0) problems.push(`invalid audit batch webhook buffer size ${buffer}, must be a positive number`);
  if (size <= 0) problems.push(`invalid audit batch webhook max batch size ${size}, must be a positive number`);
  if (flags.text('audit-webhook-version', 'audit.k8s.io/v1') !== 'audit.k8s.io/v1') {
    problems.push('invalid group version, allowed versions are ["audit.k8s.io/v1"]');
  }
  return [...problems, ...truncateProblems(flags, 'webhook')];
}

/** What is cut off of large events has to be something. */
export function truncateProblems(flags: Flags, way: 'log' | 'webhook'): string[] {
  if (!flags.boolean(`audit-${way}-truncate-enabled`, false)) return [];
  const event = flags.number(`audit-${way}-truncate-max-event-size`, 100 * 1024);
  const batch = flags.number(`audit-${way}-truncate-max-batch-size`, 10 * 1024 * 1024);
  const head = `invalid audit truncate ${way} max`;
  if (event <= 0) return [`${head} event size ${event}, must be a positive number`];
  return batch < event ? [`${head} batch size ${batch}, must be greater than max event size (${event})`] : [];
}

/** What of TLS is refused when the server is about to serve. Throws `StartError`. */
export function refuseTls(flags: Flags): void {
  const unknown = flags.list('tls-cipher-suites').find((name) => !isCipherSuite(name));
  if (unknown !== undefined) throw new StartError(`Cipher suite ${unknown} not supported or doesn't exist`);
  const version = flags.text('tls-min-version');
  if (version !== '' && !/^VersionTLS1[0-3]$/.test(version)) {
    throw new StartError(`unknown tls version ${JSON.stringify(version)}`);
  }
}

/** Clients of HTTP/2 need one of these, which the server finds out last. Throws `StartError`. */
export function refuseHttp2(flags: Flags): void {
  const suites = flags.list('tls-cipher-suites');
  const needed = ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'];
  if (suites.length === 0 || flags.text('tls-min-version') === 'VersionTLS13') return;
  if (flags.boolean('disable-http2-serving', false) || suites.some((name) => needed.includes(name))) return;
  const why = 'TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher';
  throw new StartError(`error configuring http2: http2: ${why} (need at least one of ${needed.join(' or ')})`);
}
