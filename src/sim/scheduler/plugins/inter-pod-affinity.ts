import { deepEqual } from '../../api/object.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { NodeInfo } from '../node-info.js';
import { type Cycle, MAX_SCORE, type Plugin, unresolvable, unschedulable } from '../plugin.js';
import { type AffinityTerm, type PodInfo, podInfo, termMatches } from '../pod-info.js';

/** A pod there does not want this one near. */
const EXISTING_ANTI_AFFINITY_REASON = "node(s) didn't satisfy existing pods anti-affinity rules";
/** The pods this one wants near are not there. */
const POD_AFFINITY_REASON = "node(s) didn't match pod affinity rules";
/** A pod this one does not want near is there. */
const POD_ANTI_AFFINITY_REASON = "node(s) didn't match pod anti-affinity rules";

/** What a profile may say of it (InterPodAffinityArgs). */
export interface InterPodAffinityArguments {
  /** What the wish of a running pod to be near counts, 0 to 100. */
  readonly hardPodAffinityWeight: number;
  /** Whether the preferences of running pods are passed over for a pod that has none itself. */
  readonly ignorePreferredTermsOfExistingPods: boolean;
}

/** What a profile that says nothing means. */
export const USUAL_AFFINITY: InterPodAffinityArguments = {
  hardPodAffinityWeight: 1,
  ignorePreferredTermsOfExistingPods: false,
};

const RULES: Omit<Plugin, 'prepareScore'> = {
  name: 'InterPodAffinity',
  weight: 2,
  prepareFilter: (cycle) => {
    const existing = existingAntiAffinity(cycle);
    const { affinity, antiAffinity } = cycle.pod;
    if (existing.size === 0 && affinity.length === 0 && antiAffinity.length === 0) return undefined;
    const near = affinityDomains(cycle);
    const apart = antiAffinityDomains(cycle);
    return {
      check: ({ node }) => {
        if (!satisfiesAffinity(cycle, node, near)) return unresolvable(POD_AFFINITY_REASON);
        if (antiAffinity.some(({ topologyKey }) => apart.has(domainOf(node, topologyKey) ?? ''))) {
          return unschedulable(POD_ANTI_AFFINITY_REASON);
        }
        const keys = Object.keys(node.metadata.labels ?? {});
        if (keys.some((key) => existing.has(domainOf(node, key) ?? '')))
          return unschedulable(EXISTING_ANTI_AFFINITY_REASON);
        return undefined;
      },
    };
  },
  helpedBy: (pod, event) => {
    if (event.kind === 'node added') return true;
    if (event.kind === 'node updated') return !deepEqual(event.before.metadata.labels, event.node.metadata.labels);
    if (event.kind === 'pod updated') return event.pod.metadata.uid === pod.metadata.uid;
    if (!('pod' in event)) return false;
    const own = podInfo(pod);
    const other = podInfo(event.pod);
    // Namespace selectors are left aside: a needless look costs little.
    const concerns = (terms: readonly AffinityTerm[], subject: Pod) =>
      terms.some((term) => termMatches({ ...term, namespaceSelector: [] }, subject, {}));
    return concerns([...own.affinity, ...own.antiAffinity], event.pod) || concerns(other.antiAffinity, pod);
  },
};

/** Pods that want to be near each other, or apart. */
export const interPodAffinity: Plugin = interPodAffinityWith(USUAL_AFFINITY);

/** The same as a profile wants it. */
export function interPodAffinityWith(args: InterPodAffinityArguments): Plugin {
  return {
    ...RULES,
    prepareScore: (cycle) => {
      if (args.ignorePreferredTermsOfExistingPods && !hasPreferences(cycle.pod)) return undefined;
      const domains = preferredDomains(cycle, args.hardPodAffinityWeight);
      if (domains.size === 0) return undefined;
      const keys = new Set([...domains.keys()].map((domain) => domain.slice(0, domain.indexOf('='))));
      return {
        score: ({ node }) => {
          return [...keys].reduce((sum, key) => sum + (domains.get(domainOf(node, key) ?? '') ?? 0), 0);
        },
        normalize: (scores) => {
          const least = Math.min(...scores);
          const span = Math.max(...scores) - least;
          return scores.map((score) => (span > 0 ? Math.trunc((MAX_SCORE * (score - least)) / span) : 0));
        },
      };
    },
  };
}

function hasPreferences({ preferredAffinity, preferredAntiAffinity }: PodInfo): boolean {
  return preferredAffinity.length + preferredAntiAffinity.length > 0;
}

/** `key=value`: one domain of a topology. */
function domainOf(node: Node, key: string): string | undefined {
  const value = node.metadata.labels?.[key];
  return value === undefined ? undefined : `${key}=${value}`;
}

interface ExistingPod {
  readonly node: Node;
  readonly other: PodInfo;
}

function* existingPods(nodes: readonly NodeInfo[]): Generator<ExistingPod> {
  for (const info of nodes) for (const other of info.pods) yield { node: info.node, other };
}

/** Only those with wishes of their own: few, as a rule. */
function* choosyPods(cycle: Cycle): Generator<ExistingPod> {
  for (const info of cycle.nodesWithAffinity ?? cycle.nodes)
    for (const other of info.podsWithAffinity) yield { node: info.node, other };
}

function labelsFor({ cluster }: Cycle, pod: Pod): Readonly<Record<string, string>> {
  return cluster.namespaceLabels(pod.metadata.namespace ?? '');
}

/** Domains from which running pods keep this one away. */
function existingAntiAffinity(cycle: Cycle): Set<string> {
  const { pod } = cycle.pod;
  const domains = new Set<string>();
  for (const { node, other } of choosyPods(cycle)) {
    for (const term of other.antiAffinity) {
      const domain = domainOf(node, term.topologyKey);
      if (domain !== undefined && termMatches(term, pod, labelsFor(cycle, pod))) domains.add(domain);
    }
  }
  return domains;
}

/** Domains with pods that all of this pod's affinity terms speak of. */
function affinityDomains(cycle: Cycle): Set<string> {
  const { affinity } = cycle.pod;
  const domains = new Set<string>();
  if (affinity.length === 0) return domains;
  for (const { node, other } of existingPods(cycle.nodes)) {
    if (!affinity.every((term) => termMatches(term, other.pod, labelsFor(cycle, other.pod)))) continue;
    for (const { topologyKey } of affinity) {
      const domain = domainOf(node, topologyKey);
      if (domain !== undefined) domains.add(domain);
    }
  }
  return domains;
}

/** Domains with pods that this pod's anti-affinity speaks of. */
function antiAffinityDomains(cycle: Cycle): Set<string> {
  const domains = new Set<string>();
  if (cycle.pod.antiAffinity.length === 0) return domains;
  for (const { node, other } of existingPods(cycle.nodes)) {
    for (const term of cycle.pod.antiAffinity) {
      const domain = domainOf(node, term.topologyKey);
      if (domain !== undefined && termMatches(term, other.pod, labelsFor(cycle, other.pod))) domains.add(domain);
    }
  }
  return domains;
}

/** The first pod of a group that wants to be near itself has nobody to be near yet: it may go anywhere. */
function satisfiesAffinity(cycle: Cycle, node: Node, near: ReadonlySet<string>): boolean {
  const { affinity, pod } = cycle.pod;
  const domains = affinity.map(({ topologyKey }) => domainOf(node, topologyKey));
  if (domains.some((domain) => domain === undefined)) return false;
  if (domains.every((domain) => near.has(domain ?? ''))) return true;
  return near.size === 0 && affinity.every((term) => termMatches(term, pod, labelsFor(cycle, pod)));
}

/** Points for and against domains, from the wishes of both sides. */
function preferredDomains(cycle: Cycle, hardWeight: number): Map<string, number> {
  const { pod, preferredAffinity, preferredAntiAffinity } = cycle.pod;
  const domains = new Map<string, number>();
  const add = (term: AffinityTerm, weight: number, subject: Pod, node: Node) => {
    const domain = domainOf(node, term.topologyKey);
    if (domain === undefined || !termMatches(term, subject, labelsFor(cycle, subject))) return;
    domains.set(domain, (domains.get(domain) ?? 0) + weight);
  };
  for (const { node, other } of hasPreferences(cycle.pod) ? existingPods(cycle.nodes) : choosyPods(cycle)) {
    for (const { term, weight } of preferredAffinity) add(term, weight, other.pod, node);
    for (const { term, weight } of preferredAntiAffinity) add(term, -weight, other.pod, node);
    for (const term of other.affinity) add(term, hardWeight, pod, node);
    for (const { term, weight } of other.preferredAffinity) add(term, weight, pod, node);
    for (const { term, weight } of other.preferredAntiAffinity) add(term, -weight, pod, node);
  }
  return domains;
}
