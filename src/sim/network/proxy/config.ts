import { DurationError, formatDuration, parseDuration } from '../../api/duration.js';
import { aggregateErrors, type FieldError, invalid, notSupported } from '../../api/field-error.js';
import { goQuote } from '../../api/go-text.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { parseAddress, parseAddress6, parseRange } from '../addresses.js';

/** A configuration kube-proxy does not start with, in its words. */
export class ProxyConfigError extends Error {}

/** What is taken from a KubeProxyConfiguration (v1alpha1), with its defaults. */
export interface ProxyConfig {
  readonly kubeconfig: string;
  readonly mode: string;
  readonly bindAddress: string;
  readonly clusterCIDRs: readonly string[];
  readonly detectLocalMode: string;
  readonly healthzBindAddress: string;
  readonly metricsBindAddress: string;
  readonly hostnameOverride: string;
  readonly nodePortAddresses: readonly string[];
  readonly masqueradeAll: boolean;
  readonly localhostNodePorts: boolean;
  readonly scheduler: string;
  readonly conntrack: { readonly maxPerCore: number; readonly min: number };
  readonly syncPeriod: Micros;
}

const GROUP = 'kubeproxy.config.k8s.io';
const LOCAL_MODES = ['ClusterCIDR', 'NodeCIDR', 'BridgeInterface', 'InterfaceNamePrefix', ''];

/** The configuration of who is given neither file nor flags, or of a file. Throws `ProxyConfigError`. */
export function readProxyConfig(text: string): ProxyConfig {
  const value = parse(text);
  const iptables = child(value, 'iptables');
  const ipvs = child(value, 'ipvs');
  const nftables = child(value, 'nftables');
  const conntrack = child(value, 'conntrack');
  const mode = textOf(value['mode']);
  const own = mode === 'ipvs' ? ipvs : mode === 'nftables' ? nftables : iptables;
  const bindAddress = textOf(value['bindAddress']) || '0.0.0.0';
  return {
    kubeconfig: textOf(child(value, 'clientConnection')['kubeconfig']),
    mode,
    bindAddress,
    clusterCIDRs: textOf(value['clusterCIDR'])
      .split(',')
      .filter((range) => range !== ''),
    detectLocalMode: textOf(value['detectLocalMode']),
    healthzBindAddress: withPort(
      textOf(value['healthzBindAddress']),
      bindAddress.includes(':') ? '[::]' : '0.0.0.0',
      10_256,
    ),
    metricsBindAddress: withPort(
      textOf(value['metricsBindAddress']),
      bindAddress.includes(':') ? '[::1]' : '127.0.0.1',
      10_249,
    ),
    hostnameOverride: textOf(value['hostnameOverride']),
    nodePortAddresses: textsOf(value['nodePortAddresses']),
    masqueradeAll: own['masqueradeAll'] === true,
    localhostNodePorts: iptables['localhostNodePorts'] !== false,
    scheduler: textOf(ipvs['scheduler']) || 'rr',
    conntrack: { maxPerCore: numberOf(conntrack['maxPerCore'], 32_768), min: numberOf(conntrack['min'], 131_072) },
    syncPeriod: span(own, 'syncPeriod', 30 * SECOND),
  };
}

function parse(text: string): JsonObject {
  let value: unknown;
  try {
    value = readYaml(text);
  } catch (error) {
    throw new ProxyConfigError(error instanceof Error ? error.message : String(error));
  }
  if (!isJsonObject(value) || !value['kind']) throw new ProxyConfigError(`Object 'Kind' is missing in '${text}'`);
  const { apiVersion, kind } = value;
  if (!apiVersion) throw new ProxyConfigError(`Object 'apiVersion' is missing in '${text}'`);
  if (apiVersion === `${GROUP}/v1alpha1` && kind === 'KubeProxyConfiguration') return checked(value);
  throw new ProxyConfigError(
    `no kind "${kind}" is registered for version "${apiVersion}" in scheme "k8s.io/kubernetes/pkg/proxy/apis/config/scheme/scheme.go:30"`,
  );
}

/** Fields of another type than they should be are refused by the decoder. */
function checked(value: JsonObject): JsonObject {
  const texts = ['bindAddress', 'clusterCIDR', 'healthzBindAddress', 'metricsBindAddress', 'mode', 'hostnameOverride'];
  for (const name of texts) {
    const given = value[name];
    if (given === undefined || given === null || typeof given === 'string') continue;
    throw new ProxyConfigError(unmarshal(jsonType(given), name, 'string'));
  }
  const ports = value['nodePortAddresses'];
  if (ports !== undefined && ports !== null && !Array.isArray(ports)) {
    throw new ProxyConfigError(unmarshal(jsonType(ports), 'nodePortAddresses', '[]string'));
  }
  return value;
}

function unmarshal(given: string, field: string, wanted: string): string {
  return `json: cannot unmarshal ${given} into Go struct field KubeProxyConfiguration.${field} of type ${wanted}`;
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' ? 'object' : typeof value;
}

/** What is wrong with a configuration, as one text; undefined when it will do (kubeproxyconfig validation). */
export function configProblem(config: ProxyConfig): string | undefined {
  const path = 'KubeProxyConfiguration';
  const errors: FieldError[] = [];
  if (!['', 'iptables', 'ipvs', 'nftables'].includes(config.mode)) {
    const words =
      'must be iptables, ipvs, nftables or blank (blank means the best-available proxy [currently iptables])';
    errors.push(invalid(`${path}.Mode.ProxyMode`, config.mode, words));
  }
  const { maxPerCore, min } = config.conntrack;
  const conntrack = `${path}.KubeProxyLinuxConfiguration.KubeProxyConntrackConfiguration`;
  const least = 'must be greater than or equal to 0';
  if (maxPerCore < 0) errors.push(invalid(`${conntrack}.MaxPerCore`, maxPerCore, least));
  if (min < 0) errors.push(invalid(`${conntrack}.Min`, min, least));
  if (config.syncPeriod <= 0) {
    errors.push(
      invalid(`${path}.SyncPeriod`, { Duration: formatDuration(config.syncPeriod) }, 'must be greater than 0'),
    );
  }
  if (!isAddress(config.bindAddress)) {
    const words = 'not a valid textual representation of an IP address';
    errors.push(invalid(`${path}.BindAddress`, config.bindAddress, words));
  }
  errors.push(...hostPort(`${path}.HealthzBindAddress`, config.healthzBindAddress));
  errors.push(...hostPort(`${path}.MetricsBindAddress`, config.metricsBindAddress));
  errors.push(...nodePortAddresses(`${path}.NodePortAddresses`, config.nodePortAddresses));
  if (!LOCAL_MODES.includes(config.detectLocalMode)) {
    errors.push(notSupported(`${path}.DetectLocalMode`, config.detectLocalMode, LOCAL_MODES));
  }
  if (config.detectLocalMode === 'ClusterCIDR' || config.detectLocalMode === '') {
    config.clusterCIDRs.forEach((range, index) => {
      if (parseRange(range)) return;
      const at = `${path}.DetectLocalConfiguration.ClusterCIDRs[${index}]`;
      errors.push(
        invalid(
          config.clusterCIDRs.length > 1 ? at : `${at}`,
          range,
          'must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)',
        ),
      );
    });
  }
  return errors.length > 0 ? aggregateErrors(errors) : undefined;
}

function nodePortAddresses(path: string, given: readonly string[]): FieldError[] {
  if (given.includes('primary')) {
    const index = given.indexOf('primary');
    return given.length > 1 ? [invalid(`${path}[${index}]`, 'primary', "can't use both 'primary' and CIDRs")] : [];
  }
  return given.flatMap((range, index) =>
    parseRange(range) ? [] : [invalid(`${path}[${index}]`, range, 'must be a valid CIDR')],
  );
}

function hostPort(path: string, text: string): FieldError[] {
  const split = splitHostPort(text);
  if (!split) return [invalid(path, text, 'must be IP:port')];
  const errors = isAddress(split.host) ? [] : [invalid(path, split.host, 'must be a valid IP')];
  const port = Number(split.port);
  const valid = /^\d+$/.test(split.port) && port >= 1 && port <= 65_535;
  return valid ? errors : [...errors, invalid(path, split.port, 'must be a valid port')];
}

/** `10.0.0.1:80` or `[::1]:80` in its parts; undefined when it is neither. */
export function splitHostPort(text: string): { host: string; port: string } | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(text);
  return match ? { host: match[1] ?? match[2] ?? '', port: match[3] ?? '' } : undefined;
}

/** Without a port the usual one is meant, without anything the usual address as well. */
function withPort(text: string, host: string, port: number): string {
  if (text === '') return `${host}:${port}`;
  if (parseAddress(text) !== undefined) return `${text}:${port}`;
  return parseAddress6(text) === undefined ? text : `[${text}]:${port}`;
}

function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined || parseAddress6(text) !== undefined;
}

function span(value: JsonObject, name: string, otherwise: Micros): Micros {
  const given = value[name];
  if (given === undefined || given === null) return otherwise;
  try {
    const read = parseDuration(String(given));
    return read === 0 ? otherwise : read;
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
    throw new ProxyConfigError(`time: invalid duration ${goQuote(String(given))}`);
  }
}

function child(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  return isJsonObject(found) ? found : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
