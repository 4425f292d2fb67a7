import type { LabelSelector } from '../../../../src/sim/api/object.js';
import type { Node } from '../../../../src/sim/api/types/node.js';
import type { Pod, PodAffinityTerm } from '../../../../src/sim/api/types/pod.js';
import type { NodeSelectorRequirement, TopologySpreadConstraint } from '../../../../src/sim/api/types/scheduling.js';

/** A small cluster: nodes, and the pods that stand on them. */
export interface World {
  readonly nodes: readonly Node[];
  readonly standing: readonly Pod[];
}

/**
 * Judges that know nothing of the scheduler's code: they say of one pod and one node, slowly and from the documentation,
 * why it may not go there; an empty text when it may.
 */
export type Judge = (pod: Pod, node: Node, world: World) => string;

const UNITS: Readonly<Record<string, number>> = { m: 0.001, Mi: 2 ** 20, Gi: 2 ** 30, M: 1e6 };

function amount(text: string | undefined): number {
  const [, digits = '0', unit = ''] = /^(\d+)(\w*)$/.exec(text ?? '0') ?? [];
  return Number(digits) * (unit === '' ? 1 : (UNITS[unit] as number));
}

function labels(of: Node | Pod): Readonly<Record<string, string>> {
  return of.metadata.labels ?? {};
}

function selects(selector: LabelSelector | undefined, pod: Pod): boolean {
  const own = labels(pod);
  const plain = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => own[key] === value);
  return plain && (selector?.matchExpressions ?? []).every(({ key, values }) => !values?.includes(own[key] ?? ''));
}

function bears(pod: Pod, taint: { key: string; value?: string; effect: string }): boolean {
  for (const one of pod.spec.tolerations ?? []) {
    const effect = one.effect === undefined || one.effect === taint.effect;
    const any = one.operator === 'Exists' && (one.key === undefined || one.key === taint.key);
    const same = one.operator !== 'Exists' && one.key === taint.key && (one.value ?? '') === (taint.value ?? '');
    if (effect && (any || same)) return true;
  }
  return false;
}

function taintsKeepOut(pod: Pod, node: Node): boolean {
  return (node.spec.taints ?? []).some((taint) => taint.effect !== 'PreferNoSchedule' && !bears(pod, taint));
}

const taints: Judge = (pod, node) => (taintsKeepOut(pod, node) ? 'node(s) had untolerated taint(s)' : '');

function fulfils({ key, operator, values = [] }: NodeSelectorRequirement, found: string | undefined): boolean {
  if (operator === 'Exists') return found !== undefined;
  if (operator === 'DoesNotExist') return found === undefined;
  if (operator === 'NotIn') return found === undefined || values.indexOf(found) === -1;
  if (found === undefined) return false;
  if (operator === 'In') return values.indexOf(found) !== -1;
  const [left, right] = [Number(found), Number(values[0])];
  if (key !== 'size') return false;
  return operator === 'Gt' ? left > right : left < right;
}

function wantsNode(pod: Pod, node: Node): boolean {
  const own = labels(node);
  for (const key in pod.spec.nodeSelector ?? {}) if (own[key] !== pod.spec.nodeSelector?.[key]) return false;
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) return true;
  return terms.some((term) => {
    const byLabels = (term.matchExpressions ?? []).every((one) => fulfils(one, own[one.key]));
    return byLabels && (term.matchFields ?? []).every((one) => fulfils(one, node.metadata.name));
  });
}

const nodes: Judge = (pod, node) => (wantsNode(pod, node) ? '' : "node(s) didn't match Pod's node affinity/selector");

/** What a pod needs of a resource at any instant of its life: the most of all instants. */
function needs(pod: Pod, resource: string): number {
  const of = (container: Pod['spec']['containers'][number]) => amount(container.resources?.requests?.[resource]);
  let sidecars = 0;
  let most = 0;
  for (const container of pod.spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') sidecars += of(container);
    most = Math.max(most, sidecars + (container.restartPolicy === 'Always' ? 0 : of(container)));
  }
  return Math.max(
    most,
    pod.spec.containers.reduce((sum, container) => sum + of(container), sidecars),
  );
}

const resources: Judge = (pod, node, { standing }) => {
  const there = standing.filter(({ spec }) => spec.nodeName === node.metadata.name);
  const room = node.status?.allocatable ?? {};
  const missing = there.length >= amount(room['pods']) ? ['Too many pods'] : [];
  for (const resource of ['cpu', 'memory', 'ephemeral-storage', 'example.com/gpu']) {
    const taken = there.reduce((sum, one) => sum + needs(one, resource), 0);
    const wanted = needs(pod, resource);
    // Thousandths are not exact in halves and tenths: a hair is no lack.
    if (wanted > 0 && taken + wanted > amount(room[resource]) + 1e-9) missing.push(`Insufficient ${resource}`);
  }
  return missing.join();
};

function sameDomain(one: Node, other: Node, key: string): boolean {
  return labels(one)[key] !== undefined && labels(one)[key] === labels(other)[key];
}

function nodeOf({ nodes: all }: World, pod: Pod): Node {
  return all.find(({ metadata }) => metadata.name === pod.spec.nodeName) as Node;
}

function speaksOf(term: PodAffinityTerm, pod: Pod): boolean {
  if (term.namespaces !== undefined) return false;
  return selects(term.labelSelector, pod);
}

const affinity: Judge = (pod, node, world) => {
  const near = pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const apart = pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  // Company is a pod of which all terms speak; a pod that all terms of its own speak of may be the first.
  const company = world.standing.filter((one) => near.every((term) => speaksOf(term, one)));
  const anywhere = company.some((one) =>
    near.some(({ topologyKey }) => labels(nodeOf(world, one))[topologyKey] !== undefined),
  );
  const first = !anywhere && near.every((term) => speaksOf(term, pod));
  for (const { topologyKey } of near) {
    if (labels(node)[topologyKey] === undefined) return "node(s) didn't match pod affinity rules";
    if (!first && !company.some((one) => sameDomain(nodeOf(world, one), node, topologyKey)))
      return "node(s) didn't match pod affinity rules";
  }
  const disturbed = apart.some((term) =>
    world.standing.some((one) => speaksOf(term, one) && sameDomain(nodeOf(world, one), node, term.topologyKey)),
  );
  return disturbed ? "node(s) didn't match pod anti-affinity rules" : '';
};

const spread: Judge = (pod, node, world) => {
  const all = pod.spec.topologySpreadConstraints ?? [];
  for (const one of all) {
    const domain = labels(node)[one.topologyKey];
    if (domain === undefined) return "node(s) didn't match pod topology spread constraints (missing required label)";
    if (isTooMany(pod, domain, one, all, world)) return "node(s) didn't match pod topology spread constraints";
  }
  return '';
};

function isTooMany(
  pod: Pod,
  domain: string,
  one: TopologySpreadConstraint,
  all: readonly TopologySpreadConstraint[],
  world: World,
): boolean {
  const eligible = world.nodes.filter((node) => {
    if (all.some(({ topologyKey }) => labels(node)[topologyKey] === undefined)) return false;
    if (one.nodeAffinityPolicy !== 'Ignore' && !wantsNode(pod, node)) return false;
    return one.nodeTaintsPolicy !== 'Honor' || !taintsKeepOut(pod, node);
  });
  // An empty selector takes no pods here: without labels to match there is nothing to spread.
  const empty = Object.keys(one.labelSelector ?? {}).length === 0;
  const countIn = (where: string) =>
    world.standing.filter((other) => {
      const on = nodeOf(world, other);
      return (
        !empty && eligible.includes(on) && labels(on)[one.topologyKey] === where && selects(one.labelSelector, other)
      );
    }).length;
  const domains = [...new Set(eligible.map((node) => labels(node)[one.topologyKey] as string))];
  const least = domains.length < (one.minDomains ?? 1) ? 0 : Math.min(...domains.map(countIn));
  const self = selects(one.labelSelector, pod) ? 1 : 0;
  return countIn(domain) + self - least > one.maxSkew;
}

/** The judges, by topic. */
export const JUDGES: Readonly<Record<'affinity' | 'nodes' | 'resources' | 'spread' | 'taints', Judge>> = {
  affinity,
  nodes,
  resources,
  spread,
  taints,
};
