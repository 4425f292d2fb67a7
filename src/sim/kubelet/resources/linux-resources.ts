import { parseAmounts, podAmounts, type ResourceAmounts } from '../../api/pod-requests.js';
import { quantityMilliValue, quantityValue } from '../../api/quantity.js';
import type { CriResources } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import type { KubeletConfiguration } from '../config/configuration.js';
import { qosClass } from '../status/qos.js';
import { isNodeCritical } from './priorities.js';

const SHARES_MIN = 2;
const SHARES_MAX = 262_144;
const SHARES_PER_CPU = 1024;
const QUOTA_MIN = 1_000;
const GUARANTEED_SCORE = -997;
const BEST_EFFORT_SCORE = 1000;

/** A pod's control group below the host's, with systemd's names (cm pod_container_manager_linux.go, cgroup_manager). */
export function podCgroupPath({ metadata, spec }: Pod): string {
  const uid = (metadata.uid ?? '').replaceAll('-', '_');
  const qos = qosClass(spec);
  if (qos === 'Guaranteed') return `/kubepods.slice/kubepods-pod${uid}.slice`;
  const parent = `kubepods-${qos.toLowerCase()}`;
  return `/kubepods.slice/${parent}.slice/${parent}-pod${uid}.slice`;
}

/** The limits of a pod as a whole (cm ResourceConfigForPod). */
export function podResources(
  pod: Pod,
  config: Pick<KubeletConfiguration, 'cpuCFSQuota' | 'cpuCFSQuotaPeriod' | 'podPidsLimit'>,
): CriResources {
  const requests = podAmounts(pod.spec, 'requests');
  const limits = podAmounts(pod.spec, 'limits');
  const shares = sharesOf(milli(requests, 'cpu'));
  const pidsLimit = config.podPidsLimit > 0 ? config.podPidsLimit : undefined;
  const qos = qosClass(pod.spec);
  if (qos === 'BestEffort') return { cpuShares: SHARES_MIN, pidsLimit };
  const declared = (name: string) =>
    pod.spec.resources?.limits?.[name] !== undefined ||
    [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].every(
      ({ resources }) => amount(parseAmounts(resources?.limits), name) > 0,
    );
  return {
    cpuShares: shares,
    pidsLimit,
    ...(declared('cpu') && config.cpuCFSQuota ? quotaOf(milli(limits, 'cpu'), config.cpuCFSQuotaPeriod) : {}),
    ...(declared('memory') ? { memoryLimitBytes: amount(limits, 'memory') } : {}),
  };
}

/** The limits of one container (kuberuntime generateLinuxContainerResources). */
export function containerResources(
  pod: Pod,
  container: Container,
  config: Pick<KubeletConfiguration, 'cpuCFSQuota' | 'cpuCFSQuotaPeriod' | 'singleProcessOOMKill'>,
  memoryCapacity: number,
): CriResources {
  const requests = parseAmounts(container.resources?.requests);
  const limits = parseAmounts(container.resources?.limits);
  const cpuLimit = limits.has('cpu') ? milli(limits, 'cpu') : podLimit(pod, 'cpu', milli);
  const memoryLimit = limits.has('memory') ? amount(limits, 'memory') : podLimit(pod, 'memory', amount);
  // A limit without a request asks for as much as it allows.
  const shares = requests.has('cpu') || !limits.has('cpu') ? milli(requests, 'cpu') : cpuLimit;
  return {
    cpuShares: sharesOf(shares),
    ...(config.cpuCFSQuota && cpuLimit > 0 ? quotaOf(cpuLimit, config.cpuCFSQuotaPeriod) : {}),
    ...(memoryLimit > 0 ? { memoryLimitBytes: memoryLimit } : {}),
    oomScoreAdjust: oomScoreAdjust(pod, container, memoryCapacity),
    oomGroup: !config.singleProcessOOMKill,
  };
}

/** What a pod as a whole is limited to counts for containers that name no limit of their own. */
function podLimit(pod: Pod, name: string, read: (amounts: ResourceAmounts, name: string) => number): number {
  return read(parseAmounts(pod.spec.resources?.limits), name);
}

/** How soon a container's processes go when memory is short (qos GetContainerOOMScoreAdjust). */
function oomScoreAdjust(pod: Pod, container: Container, memoryCapacity: number): number {
  if (isNodeCritical(pod)) return GUARANTEED_SCORE;
  const qos = qosClass(pod.spec);
  if (qos === 'Guaranteed') return GUARANTEED_SCORE;
  if (qos === 'BestEffort') return BEST_EFFORT_SCORE;
  const scoreOf = (bytes: number) => 1000 - Math.trunc((1000 * bytes) / memoryCapacity);
  const rest = unassigned(pod);
  let score = scoreOf(requested(container) + rest);
  const isSidecar = (pod.spec.initContainers ?? []).includes(container) && container.restartPolicy === 'Always';
  if (isSidecar) score = Math.min(score, scoreOf(Math.min(...pod.spec.containers.map(requested)) + rest));
  if (score < 1000 + GUARANTEED_SCORE) return 1000 + GUARANTEED_SCORE;
  return Math.min(score, BEST_EFFORT_SCORE - 1);
}

/** What a pod as a whole asks for beside its containers, in equal parts. */
function unassigned({ spec }: Pod): number {
  if (spec.resources?.requests === undefined) return 0;
  const counted = [
    ...spec.containers,
    ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  const left = amount(podAmounts(spec, 'requests'), 'memory') - counted.reduce((sum, one) => sum + requested(one), 0);
  return Math.max(0, Math.trunc(left / counted.length));
}

function requested({ resources }: Container): number {
  return amount(parseAmounts(resources?.requests), 'memory');
}

function amount(amounts: ResourceAmounts, name: string): number {
  const found = amounts.get(name);
  return found ? quantityValue(found) : 0;
}

function milli(amounts: ResourceAmounts, name: string): number {
  const found = amounts.get(name);
  return found ? quantityMilliValue(found) : 0;
}

/** cm MilliCPUToShares. */
function sharesOf(milliCpu: number): number {
  return Math.min(SHARES_MAX, Math.max(SHARES_MIN, Math.trunc((milliCpu * SHARES_PER_CPU) / 1000)));
}

/** cm MilliCPUToQuota. */
function quotaOf(milliCpu: number, period: number): Pick<CriResources, 'cpuQuota' | 'cpuPeriod'> {
  if (milliCpu === 0) return {};
  return { cpuQuota: Math.max(QUOTA_MIN, Math.trunc((milliCpu * period) / 1000)), cpuPeriod: period };
}
