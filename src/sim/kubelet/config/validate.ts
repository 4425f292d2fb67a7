import { parseDuration } from '../../api/duration.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import { withDefaults } from './defaults.js';

/** One rule: what kubelet says when a configuration, its defaults put in, breaks it. */
type Rule = (config: JsonObject) => readonly string[];

const number = (config: JsonObject, name: string): number => Number(config[name] ?? 0);
const text = (config: JsonObject, name: string): string => String(config[name] ?? '');
const span = (config: JsonObject, name: string): number => parseDuration(text(config, name) || '0s');
const list = (config: JsonObject, name: string): readonly string[] => {
  const value = config[name];
  return Array.isArray(value) ? value.map(String) : [];
};

/** A number within bounds; `flag` is named beside the field where there is one. */
function within(name: string, flag: string, first: number, last: number, words = `between ${first} and ${last}`): Rule {
  return (config) => {
    const value = number(config, name);
    return value >= first && value <= last ? [] : [`${name} (--${flag}) ${value} must be ${words}, inclusive`];
  };
}

function notNegative(name: string, flag: string): Rule {
  return (config) => {
    const value = number(config, name);
    return value >= 0 ? [] : [`${name} (--${flag}) ${value} must not be a negative number`];
  };
}

/** Go's %q of each, in brackets. */
const quotedList = (words: readonly string[]): string => `[${words.map((word) => `"${word}"`).join(' ')}]`;

const TOPOLOGY_POLICIES = ['none', 'best-effort', 'restricted', 'single-numa-node'];
const ENFORCEMENTS = [
  'pods',
  'system-reserved',
  'system-reserved-compressible',
  'kube-reserved',
  'kube-reserved-compressible',
  'none',
];

/** In the order in which kubelet finds them (pkg/kubelet/apis/config/validation v1.36), as far as this one acts on them. */
const RULES: readonly Rule[] = [
  (config) =>
    number(config, 'nodeLeaseDurationSeconds') > 0 ? [] : ['nodeLeaseDurationSeconds must be greater than 0'],
  (config) =>
    text(config, 'systemCgroups') !== '' && text(config, 'cgroupRoot') === ''
      ? ['systemCgroups (--system-cgroups) was specified and cgroupRoot (--cgroup-root) was not specified']
      : [],
  notNegative('eventBurst', 'event-burst'),
  notNegative('eventRecordQPS', 'event-qps'),
  within('healthzPort', 'healthz-port', 1, 65_535),
  (config) => {
    const period = span(config, 'cpuCFSQuotaPeriod');
    return period >= MILLISECOND && period <= SECOND
      ? []
      : [
          `cpuCFSQuotaPeriod (--cpu-cfs-quota-period) {${text(config, 'cpuCFSQuotaPeriod')}} must be between 1ms and 1sec, inclusive`,
        ];
  },
  within('imageGCHighThresholdPercent', 'image-gc-high-threshold', 0, 100),
  within('imageGCLowThresholdPercent', 'image-gc-low-threshold', 0, 100),
  (config) => {
    const [low, high] = [number(config, 'imageGCLowThresholdPercent'), number(config, 'imageGCHighThresholdPercent')];
    return low < high
      ? []
      : [
          `imageGCLowThresholdPercent (--image-gc-low-threshold) ${low} must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) ${high}`,
        ];
  },
  (config) =>
    span(config, 'imageMinimumGCAge') < 0
      ? [`imageMinimumGCAge ${text(config, 'imageMinimumGCAge')} must not be negative`]
      : [],
  within('iptablesDropBit', 'iptables-drop-bit', 0, 31),
  within('iptablesMasqueradeBit', 'iptables-masquerade-bit', 0, 31),
  notNegative('kubeAPIBurst', 'kube-api-burst'),
  notNegative('kubeAPIQPS', 'kube-api-qps'),
  (config) => {
    const value = number(config, 'nodeStatusMaxImages');
    return value >= -1 ? [] : [`nodeStatusMaxImages (--node-status-max-images) ${value} must be -1 or greater`];
  },
  notNegative('maxOpenFiles', 'max-open-files'),
  notNegative('maxPods', 'max-pods'),
  within('oomScoreAdj', 'oom-score-adj', -1000, 1000),
  notNegative('podsPerCore', 'pods-per-core'),
  within('port', 'port', 1, 65_535),
  (config) => (number(config, 'readOnlyPort') === 0 ? [] : within('readOnlyPort', 'read-only-port', 0, 65_535)(config)),
  notNegative('registryBurst', 'registry-burst'),
  notNegative('registryPullQPS', 'registry-qps'),
  (config) =>
    config['runOnce'] === true
      ? ['runOnce (--runOnce) true, Runonce mode has been deprecated and should not be set']
      : [],
  (config) => {
    const policy = text(config, 'topologyManagerPolicy');
    return TOPOLOGY_POLICIES.includes(policy)
      ? []
      : [
          `topologyManagerPolicy (--topology-manager-policy) "${policy}" must be one of: ${quotedList(TOPOLOGY_POLICIES)}`,
        ];
  },
  (config) => {
    const scope = text(config, 'topologyManagerScope');
    return scope === 'container' || scope === 'pod'
      ? []
      : [`topologyManagerScope (--topology-manager-scope) "${scope}" must be one of: "container", or "pod"`];
  },
  shutdownPeriods,
  (config) => {
    const behavior = isJsonObject(config['memorySwap']) ? text(config['memorySwap'], 'swapBehavior') : '';
    return ['', 'NoSwap', 'LimitedSwap'].includes(behavior)
      ? []
      : [`memorySwap.swapBehavior "${behavior}" must be one of: "", "LimitedSwap" or "NoSwap"`];
  },
  enforcements,
  (config) => {
    const mode = text(config, 'hairpinMode');
    return ['none', 'hairpin-veth', 'promiscuous-bridge'].includes(mode)
      ? []
      : [
          `option "${mode}" specified for hairpinMode (--hairpin-mode). Valid options are "none", "hairpin-veth" or "promiscuous-bridge"`,
        ];
  },
  (config) => {
    const factor = number(config, 'memoryThrottlingFactor');
    return factor > 0 && factor <= 1
      ? []
      : [`memoryThrottlingFactor ${factor} must be greater than 0 and less than or equal to 1.0`];
  },
  (config) =>
    text(config, 'containerRuntimeEndpoint') === '' ? ['the containerRuntimeEndpoint was not specified or empty'] : [],
  (config) =>
    number(config, 'containerLogMaxWorkers') < 1 ? ['containerLogMaxWorkers must be greater than or equal to 1'] : [],
  (config) =>
    span(config, 'containerLogMonitorInterval') < 3 * SECOND
      ? ['containerLogMonitorInterval must be a positive time duration greater than or equal to 3s']
      : [],
  (config) => (number(config, 'containerLogMaxFiles') <= 1 ? ['containerLogMaxFiles must be greater than 1'] : []),
  (config) => {
    const path = text(config, 'podLogsDir');
    return path.startsWith('/') ? [] : [`pod logs path "${path}" must be absolute path`];
  },
];

function shutdownPeriods(config: JsonObject): readonly string[] {
  const [all, critical] = [span(config, 'shutdownGracePeriod'), span(config, 'shutdownGracePeriodCriticalPods')];
  const [allText, criticalText] = [
    `{${text(config, 'shutdownGracePeriod')}}`,
    `{${text(config, 'shutdownGracePeriodCriticalPods')}}`,
  ];
  const short = (period: number): boolean => period < 0 || (period > 0 && period < SECOND);
  const byPriority = config['shutdownGracePeriodByPodPriority'];
  return [
    ...(critical > all
      ? [`shutdownGracePeriodCriticalPods ${criticalText} must be <= shutdownGracePeriod ${allText}`]
      : []),
    ...(short(all) ? [`shutdownGracePeriod ${allText} must be either zero or otherwise >= 1 sec`] : []),
    ...(short(critical)
      ? [`shutdownGracePeriodCriticalPods ${criticalText} must be either zero or otherwise >= 1 sec`]
      : []),
    ...(Array.isArray(byPriority) && byPriority.length > 0 && (all > 0 || critical > 0)
      ? ['Cannot specify both shutdownGracePeriodByPodPriority and shutdownGracePeriod at the same time']
      : []),
  ];
}

function enforcements(config: JsonObject): readonly string[] {
  const field = 'enforceNodeAllocatable (--enforce-node-allocatable)';
  const given = list(config, 'enforceNodeAllocatable');
  const found: string[] = [];
  for (const group of ['system', 'kube'])
    if (given.includes(`${group}-reserved`) && given.includes(`${group}-reserved-compressible`))
      found.push(
        `both "${group}-reserved" and "${group}-reserved-compressible" cannot be specified together in ${field}`,
      );
  given.forEach((each, at) => {
    const group = each.replace(/-reserved.*$/, '');
    if (given.indexOf(each) < at) found.push(`duplicated enforcements "${each}" in ${field}`);
    else if (!ENFORCEMENTS.includes(each))
      found.push(
        `option "${each}" specified for ${field}. Valid options are ${ENFORCEMENTS.slice(0, -1)
          .map((name) => `"${name}"`)
          .join(', ')} or "none"`,
      );
    else if (each === 'none') {
      if (given.length > 1) found.push(`${field} may not contain additional enforcements when "none" is specified`);
    } else {
      if (each !== 'pods' && text(config, `${group}ReservedCgroup`) === '')
        found.push(
          `${group}ReservedCgroup (--${group}-reserved-cgroup) must be specified when "${group}-reserved" or "${group}-reserved-compressible" included in ${field}`,
        );
      if (config['cgroupsPerQOS'] === false)
        found.push(`cgroupsPerQOS (--cgroups-per-qos) must be set to true when "${each}" contained in ${field}`);
    }
  });
  return found;
}

/** What kubelet does not start with, in its words; undefined when nothing is wrong. `given`: what the file says. */
export function configurationProblem(given: JsonObject): string | undefined {
  const config = withDefaults(given);
  const found = [...new Set(RULES.flatMap((rule) => rule(config)).map((words) => `invalid configuration: ${words}`))];
  if (found.length === 0) return undefined;
  const all = found.length === 1 ? (found[0] as string) : `[${found.join(', ')}]`;
  return `failed to validate kubelet configuration, error: ${all}, path: &TypeMeta{Kind:,APIVersion:,}`;
}
