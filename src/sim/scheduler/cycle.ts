import type { Random } from '../kernel/random.js';
import type { Diagnosis } from './fit-error.js';
import type { NodeInfo } from './node-info.js';
import {
  type ClusterView,
  type Cycle,
  MAX_SCORE,
  type Plugin,
  type PreparedFilter,
  type Refusal,
  unresolvable,
} from './plugin.js';
import type { PodInfo } from './pod-info.js';
import type { Profile } from './profile.js';

/** Filters made ready for one pod, with the plugin each belongs to. */
type ReadyFilters = readonly { readonly plugin: Plugin; readonly filter: PreparedFilter }[];

/** Where a pod goes, or why it goes nowhere and which plugins are to blame; `looked` at so many nodes. */
export type Placement =
  | { readonly node: string; readonly looked: number }
  | { readonly diagnosis: Diagnosis; readonly rejectedBy: ReadonlySet<string>; readonly looked: number };

/** Pods that are to get room on a node as soon as others have gone. */
export interface Nominations {
  /** Those nominated to a node that the pod must leave room for. */
  before(pod: PodInfo, node: string): readonly PodInfo[];
}

/** Of fewer nodes than this all are looked at. */
const NODES_ENOUGH = 100;
const PERCENTAGE_LEAST = 5;

/**
 * Chooses a node: filters over the nodes, from the `from`th on, until enough fit, then the best score; of equals one is
 * drawn.
 */
export function place(profile: Profile, cycle: Cycle, nominations: Nominations, random: Random, from = 0): Placement {
  const filters = prepareFilters(profile.filtering, cycle);
  const early = filters.find(({ filter }) => filter.refusal);
  const nodeCount = cycle.nodes.length;
  if (early?.filter.refusal) {
    const diagnosis = { nodeCount, refusals: new Map(), absent: undefined, early: early.filter.refusal };
    return { diagnosis, rejectedBy: new Set([early.plugin.name]), looked: 0 };
  }
  const promised = promisedNode(profile, filters, cycle, nominations);
  if (promised) return { node: promised.name, looked: 0 };
  const { candidates, absent, narrowedBy } = narrow(filters, cycle.nodes);
  const refusals = new Map<string, Refusal>();
  const rejectedBy = new Set<string>(narrowedBy);
  const feasible: NodeInfo[] = [];
  const enough = profile.scoring.length === 0 ? 1 : feasibleEnough(candidates.length, profile.percentageOfNodesToScore);
  for (let at = 0; at < candidates.length && feasible.length < enough; at += 1) {
    const node = candidates[(from + at) % candidates.length] as NodeInfo;
    const refused = checkWithNominated(profile.filtering, filters, cycle, node, nominations);
    if (!refused) feasible.push(node);
    else {
      refusals.set(node.name, refused.refusal);
      rejectedBy.add(refused.plugin);
    }
  }
  const looked = feasible.length + refusals.size;
  if (feasible.length === 0)
    return { diagnosis: { nodeCount, refusals, absent, early: undefined }, rejectedBy, looked };
  return { node: pickBest(profile, cycle, feasible, random), looked };
}

/** So many nodes that fit are enough to choose from (numFeasibleNodesToFind). */
export function feasibleEnough(count: number, percentage: number): number {
  if (count < NODES_ENOUGH) return count;
  const share = percentage || Math.max(50 - Math.trunc(count / 125), PERCENTAGE_LEAST);
  return Math.max(Math.trunc((count * share) / 100), NODES_ENOUGH);
}

/** Whether one node takes the pod, as it is and when the pods nominated to it come. */
export function fitsNode(
  plugins: readonly Plugin[],
  cycle: Cycle,
  node: NodeInfo,
  nominations: Nominations,
): Refusal | undefined {
  const filters = prepareFilters(plugins, cycle);
  const early = filters.find(({ filter }) => filter.refusal)?.filter.refusal;
  if (early) return early;
  return checkWithNominated(plugins, filters, cycle, node, nominations)?.refusal;
}

/** The cycle with one node replaced by a variant of it. */
export function withNode(cycle: Cycle, variant: NodeInfo): Cycle {
  const { pod, cluster, nodes } = cycle;
  return { pod, cluster, nodes: nodes.map((node) => (node.name === variant.name ? variant : node)) };
}

/** A cycle over the nodes there are. */
export function newCycle(pod: PodInfo, nodes: readonly NodeInfo[], cluster: ClusterView): Cycle {
  return { pod, nodes, cluster };
}

function prepareFilters(plugins: readonly Plugin[], cycle: Cycle): ReadyFilters {
  const ready: { plugin: Plugin; filter: PreparedFilter }[] = [];
  for (const plugin of plugins) {
    const filter = plugin.prepareFilter?.(cycle);
    if (filter) ready.push({ plugin, filter });
  }
  return ready;
}

/** The node that was promised to the pod, when it fits there now. */
function promisedNode(
  { filtering }: Profile,
  filters: ReadyFilters,
  cycle: Cycle,
  nominations: Nominations,
): NodeInfo | undefined {
  const wanted = cycle.pod.pod.status?.nominatedNodeName;
  if (!wanted) return undefined;
  if (filters.some(({ filter }) => filter.onlyNodes && !filter.onlyNodes.has(wanted))) return undefined;
  const node = cycle.nodes.find(({ name }) => name === wanted);
  return node && !checkWithNominated(filtering, filters, cycle, node, nominations) ? node : undefined;
}

/** The nodes worth looking at, when plugins name them. */
function narrow(
  filters: ReadyFilters,
  nodes: readonly NodeInfo[],
): { candidates: readonly NodeInfo[]; absent: Refusal | undefined; narrowedBy: readonly string[] } {
  const narrowing = filters.filter(({ filter }) => filter.onlyNodes);
  if (narrowing.length === 0) return { candidates: nodes, absent: undefined, narrowedBy: [] };
  const narrowedBy = narrowing.map(({ plugin }) => plugin.name).sort();
  const candidates = nodes.filter(({ name }) => narrowing.every(({ filter }) => filter.onlyNodes?.has(name)));
  return { candidates, absent: unresolvable(`node(s) didn't satisfy plugin(s) [${narrowedBy.join(' ')}]`), narrowedBy };
}

interface Refused {
  readonly plugin: string;
  readonly refusal: Refusal;
}

function checkWithNominated(
  plugins: readonly Plugin[],
  filters: ReadyFilters,
  cycle: Cycle,
  node: NodeInfo,
  nominations: Nominations,
): Refused | undefined {
  const coming = nominations.before(cycle.pod, node.name);
  if (coming.length > 0) {
    const crowded = node.clone();
    for (const pod of coming) crowded.add(pod);
    const refused = check(prepareFilters(plugins, withNode(cycle, crowded)), crowded);
    if (refused) return refused;
  }
  return check(filters, node);
}

function check(filters: ReadyFilters, node: NodeInfo): Refused | undefined {
  for (const { plugin, filter } of filters) {
    const refusal = filter.check?.(node);
    if (refusal) return { plugin: plugin.name, refusal };
  }
  return undefined;
}

function pickBest(profile: Profile, cycle: Cycle, feasible: readonly NodeInfo[], random: Random): string {
  const [only] = feasible;
  if (only && feasible.length === 1) return only.name;
  const totals = scoreNodes(profile, cycle, feasible);
  let most = Number.NEGATIVE_INFINITY;
  for (const total of totals) if (total > most) most = total;
  return random.pick(feasible.filter((_, index) => totals[index] === most)).name;
}

/** The weighted sum of all plugins' scores, node by node. */
function scoreNodes({ scoring }: Profile, cycle: Cycle, feasible: readonly NodeInfo[]): number[] {
  const totals = feasible.map(() => 0);
  for (const { plugin, weight } of scoring) {
    const prepared = plugin.prepareScore?.(cycle, feasible);
    if (!prepared) continue;
    const raw = feasible.map((node) => prepared.score(node));
    const scores = prepared.normalize?.(raw, feasible) ?? raw;
    for (let index = 0; index < scores.length; index += 1) {
      const score = scores[index] as number;
      if (!(score >= 0 && score <= MAX_SCORE)) throw new Error(`plugin ${plugin.name} gave ${score} points`);
      totals[index] = (totals[index] as number) + score * weight;
    }
  }
  return totals;
}
