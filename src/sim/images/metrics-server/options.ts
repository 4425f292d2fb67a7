import { formatDuration } from '../../api/duration.js';
import { parseSelector, type Requirement, SelectorError } from '../../api/labels.js';
import { FlagError, flagTable, parseComponentFlags } from '../../client/component/flags.js';
import { type Micros, SECOND } from '../../kernel/time.js';

const FLAGS = flagTable({
  bool: `kubelet-insecure-tls kubelet-use-node-status-port deprecated-kubelet-completely-insecure profiling
    contention-profiling authentication-skip-lookup authentication-tolerate-lookup-failure permit-port-sharing
    permit-address-sharing debug`,
  duration: `metric-resolution kubelet-request-timeout authentication-token-webhook-cache-ttl
    authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl`,
  int: 'kubelet-port secure-port http2-max-streams-per-connection',
  text: `kubelet-preferred-address-types kubelet-certificate-authority kubelet-client-key kubelet-client-certificate
    node-selector kubeconfig cert-dir bind-address tls-cert-file tls-private-key-file tls-min-version
    tls-cipher-suites tls-sni-cert-key authentication-kubeconfig authorization-kubeconfig client-ca-file
    requestheader-client-ca-file requestheader-allowed-names requestheader-username-headers
    requestheader-group-headers requestheader-extra-headers-prefix authorization-always-allow-paths audit-log-path
    audit-policy-file`,
});

/** In which order a node's addresses are tried where nothing is said. */
const ADDRESS_TYPES = ['Hostname', 'InternalDNS', 'InternalIP', 'ExternalDNS', 'ExternalIP'];

/** What metrics-server was told. */
export interface Options {
  readonly port: number;
  readonly resolution: Micros;
  readonly requestTimeout: Micros;
  readonly insecureTls: boolean;
  readonly useNodeStatusPort: boolean;
  readonly kubeletPort: number;
  readonly addressTypes: readonly string[];
  /** A file with who signs kubelets' certificates; empty: the cluster's own authority. */
  readonly authority: string;
  readonly nodes: readonly Requirement[];
  readonly certDirectory: string;
  readonly showsVersion: boolean;
}

/** Reads the command line. Throws `FlagError` in the real program's words. */
export function readOptions(args: readonly string[]): Options {
  const flags = parseComponentFlags('metrics-server', FLAGS, args);
  const resolution = flags.duration('metric-resolution', 60 * SECOND);
  const requestTimeout = flags.duration('kubelet-request-timeout', 10 * SECOND);
  const authority = flags.text('kubelet-certificate-authority');
  const insecureTls = flags.boolean('kubelet-insecure-tls', false);
  if (authority !== '' && insecureTls)
    throw new FlagError('cannot use both --kubelet-certificate-authority and --kubelet-insecure-tls');
  if (requestTimeout <= 0) throw new FlagError('kubelet-request-timeout should be positive');
  if (resolution < 10 * SECOND)
    throw new FlagError(
      `metric-resolution should be a time duration at least 10s, but value ${formatDuration(resolution)} provided`,
    );
  if ((resolution * 9) / 10 < requestTimeout)
    throw new FlagError(
      `metric-resolution should be larger than kubelet-request-timeout, but metric-resolution value ${formatDuration(resolution)} kubelet-request-timeout value ${formatDuration(requestTimeout)} provided`,
    );
  return {
    port: flags.number('secure-port', 443),
    resolution,
    requestTimeout,
    insecureTls,
    useNodeStatusPort: flags.boolean('kubelet-use-node-status-port', false),
    kubeletPort: flags.number('kubelet-port', 10_250),
    addressTypes: flags.list('kubelet-preferred-address-types', ADDRESS_TYPES),
    authority,
    nodes: readSelector(flags.text('node-selector')),
    certDirectory: flags.text('cert-dir', 'apiserver.local.config/certificates'),
    showsVersion: flags.boolean('version', false),
  };
}

function readSelector(text: string): readonly Requirement[] {
  try {
    return parseSelector(text);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new FlagError(error.message);
  }
}
