/** etcd's command line, read as Go's flag package does. */
export interface EtcdFlags {
  readonly name: string;
  readonly dataDir: string;
  readonly listenClientUrls: readonly string[];
  readonly listenPeerUrls: readonly string[];
  readonly listenMetricsUrls: readonly string[];
  readonly advertiseClientUrls: readonly string[];
  readonly initialAdvertisePeerUrls: readonly string[];
  readonly initialCluster: string;
  readonly initialClusterState: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly trustedCaFile: string;
  readonly clientCertAuth: boolean;
  readonly peerCertFile: string;
  readonly peerKeyFile: string;
  readonly peerTrustedCaFile: string;
  readonly quotaBytes: number;
  /** Flags that were given, by name. */
  readonly given: ReadonlyMap<string, string>;
}

/** A command line that cannot be used: printed and left with the status. `usage`: the usage text follows. */
export class FlagError extends Error {
  readonly usage: boolean;

  constructor(message: string, usage: boolean) {
    super(message);
    this.usage = usage;
  }
}

/** Flags with a value that is neither a text nor a truth value. */
const NUMBERS = [
  'auth-token-ttl',
  'backend-batch-limit',
  'bcrypt-cost',
  'bootstrap-defrag-threshold-megabytes',
  'compaction-batch-limit',
  'distributed-tracing-sampling-rate',
  'election-timeout',
  'heartbeat-interval',
  'max-concurrent-streams',
  'max-learners',
  'max-request-bytes',
  'max-snapshots',
  'max-txn-ops',
  'max-wals',
  'quota-backend-bytes',
  'self-signed-cert-validity',
  'snapshot-catchup-entries',
  'snapshot-count',
];
const TRUTHS = [
  'auto-tls',
  'client-cert-auth',
  'discovery-insecure-skip-tls-verify',
  'discovery-insecure-transport',
  'enable-distributed-tracing',
  'enable-grpc-gateway',
  'enable-log-rotation',
  'enable-pprof',
  'force-new-cluster',
  'initial-election-tick-advance',
  'memory-mlock',
  'peer-auto-tls',
  'peer-client-cert-auth',
  'peer-skip-client-san-verification',
  'pre-vote',
  'socket-reuse-address',
  'socket-reuse-port',
  'strict-reconfig-check',
  'unsafe-no-fsync',
  'version',
  'experimental-initial-corrupt-check',
  'experimental-compact-hash-check-enabled',
  'experimental-stop-grpc-service-on-defrag',
  'experimental-memory-mlock',
];
const TEXTS = [
  'advertise-client-urls',
  'auth-token',
  'auto-compaction-mode',
  'auto-compaction-retention',
  'backend-batch-interval',
  'backend-bbolt-freelist-type',
  'cert-file',
  'cipher-suites',
  'client-cert-allowed-hostname',
  'client-cert-file',
  'client-crl-file',
  'client-key-file',
  'compact-hash-check-time',
  'compaction-sleep-interval',
  'config-file',
  'corrupt-check-time',
  'cors',
  'data-dir',
  'discovery',
  'discovery-cacert',
  'discovery-cert',
  'discovery-dial-timeout',
  'discovery-endpoints',
  'discovery-fallback',
  'discovery-keepalive-time',
  'discovery-keepalive-timeout',
  'discovery-key',
  'discovery-password',
  'discovery-proxy',
  'discovery-request-timeout',
  'discovery-srv',
  'discovery-srv-name',
  'discovery-token',
  'discovery-user',
  'distributed-tracing-address',
  'distributed-tracing-instance-id',
  'distributed-tracing-service-name',
  'downgrade-check-time',
  'experimental-compact-hash-check-time',
  'experimental-corrupt-check-time',
  'experimental-warning-apply-duration',
  'experimental-watch-progress-notify-interval',
  'feature-gates',
  'grpc-keepalive-interval',
  'grpc-keepalive-min-time',
  'grpc-keepalive-timeout',
  'host-whitelist',
  'initial-advertise-peer-urls',
  'initial-cluster',
  'initial-cluster-state',
  'initial-cluster-token',
  'key-file',
  'listen-client-http-urls',
  'listen-client-urls',
  'listen-metrics-urls',
  'listen-peer-urls',
  'local-address',
  'log-format',
  'log-level',
  'log-outputs',
  'log-rotation-config-json',
  'metrics',
  'name',
  'peer-cert-allowed-cn',
  'peer-cert-allowed-hostname',
  'peer-cert-file',
  'peer-client-cert-file',
  'peer-crl-file',
  'peer-key-file',
  'peer-client-key-file',
  'peer-trusted-ca-file',
  'raft-read-timeout',
  'raft-write-timeout',
  'tls-max-version',
  'tls-min-version',
  'trusted-ca-file',
  'v2-deprecation',
  'wal-dir',
  'warning-apply-duration',
  'warning-unary-request-duration',
  'watch-progress-notify-interval',
];

/** Reads the arguments after the program's name. Throws `FlagError`. */
export function readEtcdFlags(args: readonly string[]): EtcdFlags {
  const given = readGiven(args);
  const text = (name: string, otherwise = '') => given.get(name) ?? otherwise;
  const urls = (name: string, otherwise: string) =>
    text(name, otherwise)
      .split(',')
      .filter((url) => url !== '');
  const name = text('name', 'default');
  return {
    name,
    dataDir: text('data-dir', `${name}.etcd`),
    listenClientUrls: urls('listen-client-urls', 'http://localhost:2379'),
    listenPeerUrls: urls('listen-peer-urls', 'http://localhost:2380'),
    listenMetricsUrls: urls('listen-metrics-urls', ''),
    advertiseClientUrls: urls('advertise-client-urls', 'http://localhost:2379'),
    initialAdvertisePeerUrls: urls('initial-advertise-peer-urls', 'http://localhost:2380'),
    initialCluster: text('initial-cluster', `${name}=${text('initial-advertise-peer-urls', 'http://localhost:2380')}`),
    initialClusterState: text('initial-cluster-state', 'new'),
    certFile: text('cert-file'),
    keyFile: text('key-file'),
    trustedCaFile: text('trusted-ca-file'),
    clientCertAuth: text('client-cert-auth') === 'true',
    peerCertFile: text('peer-cert-file'),
    peerKeyFile: text('peer-key-file'),
    peerTrustedCaFile: text('peer-trusted-ca-file'),
    quotaBytes: Number(text('quota-backend-bytes', '0')),
    given,
  };
}

function readGiven(args: readonly string[]): Map<string, string> {
  const given = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] as string;
    const match = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(argument);
    if (!match) {
      if (argument === '--') break;
      throw new FlagError(`${JSON.stringify(argument)} is not a valid flag`, false);
    }
    const name = match[1] as string;
    let value = match[2];
    if (TRUTHS.includes(name)) value ??= 'true';
    else if (!TEXTS.includes(name) && !NUMBERS.includes(name)) {
      if (name === 'h' || name === 'help') throw new FlagError('help', true);
      throw new FlagError(`flag provided but not defined: -${name}`, true);
    } else if (value === undefined) {
      index += 1;
      value = args[index];
      if (value === undefined) throw new FlagError(`flag needs an argument: -${name}`, true);
    }
    checkValue(name, value);
    given.set(name, value);
  }
  return given;
}

function checkValue(name: string, value: string): void {
  const refuse = (why: string) =>
    new FlagError(`invalid value ${JSON.stringify(value)} for flag -${name}: ${why}`, true);
  if (NUMBERS.includes(name) && !/^\d+$/.test(value)) throw refuse('parse error');
  if (TRUTHS.includes(name) && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value)) {
    throw new FlagError(`invalid boolean value ${JSON.stringify(value)} for -${name}: parse error`, true);
  }
  if (name === 'initial-cluster-state' && value !== 'new' && value !== 'existing') throw refuse('invalid value');
  if (/-urls$/.test(name)) for (const url of value.split(',')) checkUrl(url, refuse);
}

function checkUrl(url: string, refuse: (why: string) => FlagError): void {
  const match = /^([a-z]+):\/\/([^/]*)(\/.*)?$/.exec(url.trim());
  if (!match) throw refuse(`URL scheme must be http, https, unix, or unixs: ${url}`);
  const [, scheme = '', host = '', path] = match;
  if (!['http', 'https', 'unix', 'unixs'].includes(scheme))
    throw refuse(`URL scheme must be http, https, unix, or unixs: ${url}`);
  if (!/:\d+$/.test(host)) throw refuse(`URL address does not have the form "host:port": ${url}`);
  if (path !== undefined && path !== '') throw refuse(`URL must not contain a path: ${url}`);
}
