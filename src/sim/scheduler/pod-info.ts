import { matchesSelector, type Selector, selectorFromObject } from '../api/labels.js';
import { podAmounts, type ResourceAmounts } from '../api/pod-requests.js';
import { quantityMilliValue, quantityValue } from '../api/quantity.js';
import type { Container, Pod, PodAffinityTerm, PodSpec } from '../api/types/pod.js';

/** Amounts by resource: CPU in thousandths of a core, everything else in whole units. */
export type Requests = ReadonlyMap<string, number>;

/** What a pod that asks for nothing is counted as when nodes are compared. */
const DEFAULT_REQUESTS: Readonly<Record<string, string>> = { cpu: '100m', memory: `${200 * 1024 * 1024}` };

/** A port a pod takes on its node. */
export interface HostPort {
  readonly address: string;
  readonly protocol: string;
  readonly port: number;
}

/** One term of pod affinity, read once. */
export interface AffinityTerm {
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: Selector;
  readonly selector: Selector;
  readonly topologyKey: string;
}

export interface WeightedTerm {
  readonly weight: number;
  readonly term: AffinityTerm;
}

/** A pod with what scheduling asks of it again and again. */
export interface PodInfo {
  readonly pod: Pod;
  readonly requests: Requests;
  /** The requests with defaults for containers that state none. */
  readonly nonZeroRequests: Requests;
  /** What it requests, in one text: pods of one shape fit and score alike by their resources. */
  readonly shape: string;
  readonly ports: readonly HostPort[];
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
  readonly preferredAffinity: readonly WeightedTerm[];
  readonly preferredAntiAffinity: readonly WeightedTerm[];
}

const known = new WeakMap<Pod, PodInfo>();

/** Reads a pod; the same object is read once. */
export function podInfo(pod: Pod): PodInfo {
  const found = known.get(pod);
  if (found) return found;
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const terms = (list: readonly PodAffinityTerm[] = []) => list.map((term) => affinityTerm(pod, term));
  const weighted = (list: readonly { weight: number; podAffinityTerm: PodAffinityTerm }[] = []) =>
    list.map(({ weight, podAffinityTerm }) => ({ weight, term: affinityTerm(pod, podAffinityTerm) }));
  const requests = numbers(podAmounts(pod.spec, 'requests'));
  const nonZeroRequests = numbers(podAmounts(withDefaultRequests(pod.spec), 'requests'));
  const info: PodInfo = {
    pod,
    requests,
    nonZeroRequests,
    shape: [...requests, ...nonZeroRequests].join(),
    ports: hostPorts(pod.spec),
    affinity: terms(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    antiAffinity: terms(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    preferredAffinity: weighted(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    preferredAntiAffinity: weighted(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
  };
  known.set(pod, info);
  return info;
}

/** Amounts as numbers to count with. */
export function numbers(amounts: ResourceAmounts): Requests {
  const result = new Map<string, number>();
  for (const [name, amount] of amounts) {
    result.set(name, name === 'cpu' ? quantityMilliValue(amount) : quantityValue(amount));
  }
  return result;
}

/**
 * Whether a pod is what a term speaks of. `namespaceLabels` are those of the pod's namespace; the term's own namespace
 * selector is judged by them.
 */
export function termMatches(term: AffinityTerm, pod: Pod, namespaceLabels: Readonly<Record<string, string>>): boolean {
  const { namespace = '', labels } = pod.metadata;
  if (!term.namespaces.has(namespace) && !matchesSelector(term.namespaceSelector, namespaceLabels)) return false;
  return matchesSelector(term.selector, labels);
}

function affinityTerm(pod: Pod, term: PodAffinityTerm): AffinityTerm {
  const own = !term.namespaces?.length && !term.namespaceSelector;
  return {
    namespaces: new Set(own ? [pod.metadata.namespace ?? ''] : term.namespaces),
    namespaceSelector: selectorFromObject(term.namespaceSelector),
    selector: selectorFromObject(term.labelSelector),
    topologyKey: term.topologyKey,
  };
}

function withDefaultRequests(spec: PodSpec): PodSpec {
  const fill = (container: Container): Container => ({
    ...container,
    resources: { ...container.resources, requests: { ...DEFAULT_REQUESTS, ...container.resources?.requests } },
  });
  return {
    ...spec,
    containers: spec.containers.map(fill),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(fill) } : {}),
  };
}

function hostPorts(spec: PodSpec): HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...spec.containers, ...sidecars]
    .flatMap((container) => container.ports ?? [])
    .filter((port) => port.hostPort)
    .map((port) => ({
      address: port.hostIP || '0.0.0.0',
      protocol: port.protocol ?? 'TCP',
      port: port.hostPort as number,
    }));
}
