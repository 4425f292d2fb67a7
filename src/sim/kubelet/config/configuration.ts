import { DurationError, parseDuration } from '../../api/duration.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, MINUTE, type Micros, SECOND } from '../../kernel/time.js';
import { goErrno } from '../go-errno.js';

/** kubelet.config.k8s.io/v1beta1 KubeletConfiguration, as far as this kubelet acts on it, with its defaults. */
export interface KubeletConfiguration {
  readonly staticPodPath: string | undefined;
  readonly clusterDNS: readonly string[];
  readonly clusterDomain: string;
  readonly resolvConf: string;
  readonly clientCAFile: string | undefined;
  readonly anonymousAuth: boolean;
  /** Whether the API server is asked whose a token is. */
  readonly webhookAuthentication: boolean;
  readonly tokenCacheTtl: Micros;
  readonly authorizationMode: string;
  readonly authorizedCacheTtl: Micros;
  readonly unauthorizedCacheTtl: Micros;
  readonly runtimeEndpoint: string;
  readonly port: number;
  readonly healthzPort: number;
  readonly maxPods: number;
  readonly podPidsLimit: number;
  readonly cpuCFSQuota: boolean;
  readonly cpuCFSQuotaPeriod: Micros;
  readonly singleProcessOOMKill: boolean;
  readonly fileCheckFrequency: Micros;
  readonly nodeStatusReportFrequency: Micros;
  readonly nodeStatusUpdateFrequency: Micros;
  readonly nodeLeaseDurationSeconds: number;
  readonly systemReserved: Readonly<Record<string, string>>;
  readonly kubeReserved: Readonly<Record<string, string>>;
  readonly evictionHard: Readonly<Record<string, string>>;
  readonly evictionSoft: Readonly<Record<string, string>>;
  readonly evictionSoftGracePeriod: Readonly<Record<string, string>>;
  readonly evictionMinimumReclaim: Readonly<Record<string, string>>;
  readonly evictionPressureTransitionPeriod: Micros;
  /** Seconds that a soft eviction leaves a pod at most. */
  readonly evictionMaxPodGracePeriod: number;
  readonly enforceNodeAllocatable: readonly string[];
  readonly shutdownGracePeriod: Micros;
  readonly shutdownGracePeriodCriticalPods: Micros;
  readonly shutdownGracePeriodByPodPriority: readonly { readonly priority: number; readonly seconds: number }[];
  readonly containerLogMaxSize: string;
  readonly containerLogMaxFiles: number;
  readonly containerLogMonitorInterval: Micros;
  readonly imageMinimumGCAge: Micros;
  readonly imageGCHighThresholdPercent: number;
  readonly imageGCLowThresholdPercent: number;
  readonly registerNode: boolean;
  /** Whether containers that ask for no seccomp profile get the runtime's. */
  readonly seccompDefault: boolean;
  /** Settings, or beginnings of their names with a star, that pods may change beside those that are safe. */
  readonly allowedUnsafeSysctls: readonly string[];
  /** What the file says. */
  readonly given: JsonObject;
}

/** What kubelet refuses to start with; the message is its own. */
export class ConfigurationError extends Error {}

/** Reads the configuration file. Throws `ConfigurationError`. */
export function loadConfiguration(sys: Sys, path: string): KubeletConfiguration {
  let text: string;
  try {
    text = decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw failure(path, `failed to read kubelet config file "${path}", error: open ${path}: ${goErrno(error)}`);
  }
  return parseConfiguration(text, path);
}

/** Reads a configuration. Throws `ConfigurationError`. */
export function parseConfiguration(text: string, path: string): KubeletConfiguration {
  let value: unknown;
  try {
    value = readYaml(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw failure(path, `failed to decode: ${error.message}`);
  }
  if (value === null) throw failure(path, `kubelet config file "${path}" was empty`);
  if (!isJsonObject(value)) {
    throw failure(
      path,
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(value) ? 'array' : 'string'} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  checkKind(value, path);
  return readFields(value, path);
}

function failure(path: string, why: string): ConfigurationError {
  return new ConfigurationError(
    `failed to load kubelet config file, path: ${path}, error: failed to load Kubelet config file ${path}, error ${why}`,
  );
}

function checkKind(value: JsonObject, path: string): void {
  const { apiVersion, kind } = value;
  if (typeof kind !== 'string' || kind === '')
    throw failure(path, `failed to decode: Object 'Kind' is missing in '${JSON.stringify(value)}'`);
  if (typeof apiVersion !== 'string' || apiVersion === '')
    throw failure(path, `failed to decode: Object 'apiVersion' is missing in '${JSON.stringify(value)}'`);
  if (apiVersion !== 'kubelet.config.k8s.io/v1beta1' || kind !== 'KubeletConfiguration') {
    throw failure(
      path,
      `failed to decode: no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/kubelet/apis/config/scheme/scheme.go:33"`,
    );
  }
}

function readFields(value: JsonObject, path: string): KubeletConfiguration {
  const wrongType = (name: string, found: unknown, type: string) =>
    failure(
      path,
      `failed to decode: json: cannot unmarshal ${jsonType(found)} into Go struct field KubeletConfiguration.${name} of type ${type}`,
    );
  const text = (name: string, from = value): string | undefined => {
    const found = from[name];
    if (found === undefined || found === null) return undefined;
    if (typeof found !== 'string') throw wrongType(name, found, 'string');
    return found;
  };
  const count = (name: string): number | undefined => {
    const found = value[name];
    if (found === undefined || found === null) return undefined;
    if (typeof found !== 'number') throw wrongType(name, found, 'int32');
    return found;
  };
  const span = (name: string, byDefault: Micros, from = value): Micros => {
    const found = text(name, from);
    if (found === undefined) return byDefault;
    try {
      return parseDuration(found) || byDefault;
    } catch (error) {
      if (!(error instanceof DurationError)) throw error;
      throw failure(path, `failed to decode: time: invalid duration "${found}"`);
    }
  };
  const dns = value['clusterDNS'];
  if (dns !== undefined && dns !== null && !Array.isArray(dns)) throw wrongType('clusterDNS', dns, '[]string');
  const authentication = part(value['authentication']);
  const authorization = part(value['authorization']);
  const webhooks = { tokens: part(authentication['webhook']), access: part(authorization['webhook']) };
  const updateFrequency = span('nodeStatusUpdateFrequency', 10 * SECOND);
  return {
    staticPodPath: text('staticPodPath') || undefined,
    clusterDNS: ((dns ?? []) as unknown[]).map(String),
    clusterDomain: text('clusterDomain') ?? '',
    resolvConf: text('resolvConf') ?? '/etc/resolv.conf',
    clientCAFile: (part(authentication['x509'])['clientCAFile'] as string | undefined) || undefined,
    anonymousAuth: part(authentication['anonymous'])['enabled'] === true,
    webhookAuthentication: webhooks.tokens['enabled'] !== false,
    tokenCacheTtl: span('cacheTTL', 2 * MINUTE, webhooks.tokens),
    authorizationMode: text('mode', authorization) || 'Webhook',
    authorizedCacheTtl: span('cacheAuthorizedTTL', 5 * MINUTE, webhooks.access),
    unauthorizedCacheTtl: span('cacheUnauthorizedTTL', 30 * SECOND, webhooks.access),
    runtimeEndpoint: text('containerRuntimeEndpoint') ?? 'unix:///run/containerd/containerd.sock',
    port: count('port') ?? 10250,
    healthzPort: count('healthzPort') ?? 10248,
    maxPods: count('maxPods') ?? 110,
    podPidsLimit: count('podPidsLimit') ?? -1,
    cpuCFSQuota: value['cpuCFSQuota'] !== false,
    cpuCFSQuotaPeriod: span('cpuCFSQuotaPeriod', 100 * MILLISECOND),
    singleProcessOOMKill: value['singleProcessOOMKill'] === true,
    fileCheckFrequency: span('fileCheckFrequency', 20 * SECOND),
    nodeStatusUpdateFrequency: updateFrequency,
    nodeStatusReportFrequency: span('nodeStatusReportFrequency', 5 * MINUTE),
    nodeLeaseDurationSeconds: count('nodeLeaseDurationSeconds') || 40,
    systemReserved: texts(value['systemReserved']),
    kubeReserved: texts(value['kubeReserved']),
    evictionHard: evictionHard(value),
    evictionSoft: texts(value['evictionSoft']),
    evictionSoftGracePeriod: texts(value['evictionSoftGracePeriod']),
    evictionMinimumReclaim: texts(value['evictionMinimumReclaim']),
    evictionPressureTransitionPeriod: span('evictionPressureTransitionPeriod', 5 * MINUTE),
    evictionMaxPodGracePeriod: count('evictionMaxPodGracePeriod') ?? 0,
    enforceNodeAllocatable: Array.isArray(value['enforceNodeAllocatable'])
      ? value['enforceNodeAllocatable'].map(String)
      : ['pods'],
    shutdownGracePeriod: span('shutdownGracePeriod', 0),
    shutdownGracePeriodCriticalPods: span('shutdownGracePeriodCriticalPods', 0),
    shutdownGracePeriodByPodPriority: periodsOf(value['shutdownGracePeriodByPodPriority']),
    containerLogMaxSize: text('containerLogMaxSize') || '10Mi',
    containerLogMaxFiles: count('containerLogMaxFiles') || 5,
    containerLogMonitorInterval: span('containerLogMonitorInterval', 10 * SECOND),
    imageMinimumGCAge: span('imageMinimumGCAge', 2 * MINUTE),
    imageGCHighThresholdPercent: count('imageGCHighThresholdPercent') ?? 85,
    imageGCLowThresholdPercent: count('imageGCLowThresholdPercent') ?? 80,
    registerNode: value['registerNode'] !== false,
    seccompDefault: value['seccompDefault'] === true,
    allowedUnsafeSysctls: ((value['allowedUnsafeSysctls'] ?? []) as unknown[]).map(String),
    given: value,
  };
}

function periodsOf(value: unknown): { readonly priority: number; readonly seconds: number }[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isJsonObject)
    .map((each) => ({ priority: Number(each['priority']), seconds: Number(each['shutdownGracePeriodSeconds']) }));
}

const EVICTION_HARD = {
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
  'imagefs.available': '15%',
  'imagefs.inodesFree': '5%',
};

/** Who names thresholds names all of them, unless the defaults are to be added (kubelet LoadKubeletConfig). */
function evictionHard(value: JsonObject): Record<string, string> {
  if (value['evictionHard'] === undefined || value['evictionHard'] === null) return EVICTION_HARD;
  return { ...(value['mergeDefaultEvictionSettings'] === true ? EVICTION_HARD : {}), ...texts(value['evictionHard']) };
}

function part(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(part(value)).map(([name, text]) => [name, String(text)]));
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}
