import { type Micros, SECOND } from '../../kernel/time.js';
import { qosClass } from '../kinds/pod/qos.js';
import type { KubeObject } from '../object.js';
import { podAmounts, type ResourceAmounts } from '../pod-requests.js';
import { type Quantity, quantityOf } from '../quantity.js';
import { parseOptionalTime } from '../time.js';
import type { Container, Pod, PodAffinityTerm, ResourceRequirements } from '../types/pod.js';
import type { PodAffinity } from '../types/scheduling.js';
import { addAmounts, readAmounts } from './amounts.js';
import { fitsRequirement, type QuotaEvaluator, type ScopeRequirement } from './evaluator.js';
import { countName } from './object-count.js';

const COUNT = countName({ group: '', resource: 'pods' });
/** Resources that have three names in quotas: bare and `requests.` for requests, `limits.` for limits. */
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const NAMES = [COUNT, 'pods', ...COMPUTE.flatMap((name) => [name, `requests.${name}`, `limits.${name}`])];
const HUGE_PAGES = 'hugepages-';
const IMPLICIT = 'requests.deviceclass.resource.kubernetes.io/';
/** Where a quota counts one of these, each container has to say how much it wants. */
const REQUIRED = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** Pods: their number, and what they ask for while they run. */
export const PODS_EVALUATOR: QuotaEvaluator = {
  handles: ({ operation, subresource, object, old }) => {
    if (subresource === 'resize') return operation === 'UPDATE';
    if (subresource !== '') return false;
    if (operation !== 'UPDATE') return operation === 'CREATE';
    return object !== undefined && old !== undefined && endsByItself(object) !== endsByItself(old);
  },
  matching: (names) => {
    const prefixed = names.filter((name) => {
      if (name.startsWith(HUGE_PAGES) || name.startsWith(`requests.${HUGE_PAGES}`)) return true;
      return name.startsWith('requests.') && (name.startsWith(IMPLICIT) || !isNative(name));
    });
    return [...names.filter((name) => NAMES.includes(name)).sort(), ...prefixed];
  },
  matchesScope,
  constraint,
  usage: (object, { now }) => {
    const pod = object as Pod;
    const one: ResourceAmounts = new Map([[COUNT, quantityOf(1)]]);
    if (!countsWhileRunning(pod, now)) return one;
    return addAmounts(one, usageOf(podAmounts(pod.spec, 'requests'), podAmounts(pod.spec, 'limits')));
  },
};

/** Whether a pod has not ended, and is not stuck in its deletion. */
export function countsWhileRunning({ metadata, status }: Pod, now: Micros): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return false;
  const deleted = parseOptionalTime(metadata.deletionTimestamp);
  if (deleted === undefined || metadata.deletionGracePeriodSeconds == null) return true;
  return now <= deleted + metadata.deletionGracePeriodSeconds * SECOND;
}

/** Whether a pod has a deadline of its own: the scope Terminating. */
export function endsByItself(object: KubeObject): boolean {
  return ((object as Pod).spec.activeDeadlineSeconds ?? -1) >= 0;
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

function usageOf(requests: ResourceAmounts, limits: ResourceAmounts): ResourceAmounts {
  const usage = new Map<string, Quantity>([['pods', quantityOf(1)]]);
  for (const name of COMPUTE) {
    const request = requests.get(name);
    if (request) usage.set(name, request).set(`requests.${name}`, request);
    const limit = limits.get(name);
    if (limit) usage.set(`limits.${name}`, limit);
  }
  for (const [name, request] of requests) {
    if (name.startsWith(HUGE_PAGES)) usage.set(name, request).set(`requests.${name}`, request);
    if (isCountedExtended(name)) usage.set(`requests.${name}`, request);
  }
  return usage;
}

function isCountedExtended(name: string): boolean {
  return name.startsWith('deviceclass.resource.kubernetes.io/') || isExtendedResource(name);
}

/** Whether a resource is somebody else's than Kubernetes': `nvidia.com/gpu`. */
export function isExtendedResource(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.');
}

function matchesScope(scope: ScopeRequirement, object: KubeObject): boolean {
  const { spec } = object as Pod;
  switch (scope.scopeName) {
    case 'Terminating':
      return endsByItself(object);
    case 'NotTerminating':
      return !endsByItself(object);
    case 'BestEffort':
      return qosClass(spec) === 'BestEffort';
    case 'NotBestEffort':
      return qosClass(spec) !== 'BestEffort';
    case 'PriorityClass':
      return fitsRequirement(scope, spec.priorityClassName || undefined);
    case 'CrossNamespacePodAffinity':
      return reachesOut(spec.affinity?.podAffinity) || reachesOut(spec.affinity?.podAntiAffinity);
    default:
      return false;
  }
}

function reachesOut(affinity: PodAffinity | undefined): boolean {
  const terms: PodAffinityTerm[] = [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ];
  return terms.some(({ namespaces, namespaceSelector }) => (namespaces ?? []).length > 0 || namespaceSelector != null);
}

function constraint(required: readonly string[], object: KubeObject): string | undefined {
  const { spec } = object as Pod;
  if (hasOwnResources(spec.resources)) return undefined;
  const wanted = required.filter((name) => REQUIRED.includes(name));
  const missing = new Map<string, Set<string>>();
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
    for (const name of wanted) {
      if (namesOf(container).has(name)) continue;
      missing.set(name, (missing.get(name) ?? new Set()).add(container.name));
    }
  }
  if (missing.size === 0) return undefined;
  const words = [...missing].sort(([a], [b]) => (a < b ? -1 : 1));
  return `must specify ${words.map(([name, who]) => `${name} for: ${[...who].sort().join(',')}`).join('; ')}`;
}

function hasOwnResources(resources: ResourceRequirements | undefined): boolean {
  const names = [...Object.keys(resources?.requests ?? {}), ...Object.keys(resources?.limits ?? {})];
  return names.some((name) => name === 'cpu' || name === 'memory' || name.startsWith(HUGE_PAGES));
}

function namesOf({ resources }: Container): Set<string> {
  return new Set(usageOf(readAmounts(resources?.requests), readAmounts(resources?.limits)).keys());
}
