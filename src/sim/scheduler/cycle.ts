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

/** Filters made ready for one pod, with the plugin each belongs to. */
type ReadyFilters = readonly { readonly plugin: Plugin; readonly filter: PreparedFilter }[];

/** Where a pod goes, or why it goes nowhere and which plugins are to blame. */
export type Placement =
  | { readonly node: string }
  | { readonly diagnosis: Diagnosis; readonly rejectedBy: ReadonlySet<string> };

/** Pods that are to get room on a node as soon as others have gone. */
export interface Nominations {
  /** Those nominated to a node that the pod must leave room for. */
  before(pod: PodInfo, node: string): readonly PodInfo[];
}

/** Chooses a node: all filters over all nodes, then the best score; of equals one is drawn. */
export function place(plugins: readonly Plugin[], cycle: Cycle, nominations: Nominations, random: Random): Placement {
  const filters = prepareFilters(plugins, cycle);
  const early = filters.find(({ filter }) => filter.refusal);
  if (early?.filter.refusal) {
    const diagnosis = {
      nodeCount: cycle.nodes.length,
      refusals: new Map(),
      absent: undefined,
      early: early.filter.refusal,
    };
    return { diagnosis, rejectedBy: new Set([early.plugin.name]) };
  }
  const { candidates, absent, narrowedBy } = narrow(filters, cycle.nodes);
  const refusals = new Map<string, Refusal>();
  const rejectedBy = new Set<string>(narrowedBy);
  const feasible: NodeInfo[] = [];
  for (const node of candidates) {
    const refused = checkWithNominated(plugins, filters, cycle, node, nominations);
    if (!refused) feasible.push(node);
    else {
      refusals.set(node.name, refused.refusal);
      rejectedBy.add(refused.plugin);
    }
  }
  const nominated = feasible.find(({ name }) => name === cycle.pod.pod.status?.nominatedNodeName);
  if (nominated) return { node: nominated.name };
  if (feasible.length === 0) {
    return { diagnosis: { nodeCount: cycle.nodes.length, refusals, absent, early: undefined }, rejectedBy };
  }
  return { node: pickBest(plugins, cycle, feasible, random) };
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
  return { ...cycle, nodes: cycle.nodes.map((node) => (node.name === variant.name ? variant : node)) };
}

/** A cycle over the nodes there are. */
export function newCycle(pod: PodInfo, nodes: readonly NodeInfo[], cluster: ClusterView): Cycle {
  return { pod, nodes, cluster };
}

function prepareFilters(plugins: readonly Plugin[], cycle: Cycle): ReadyFilters {
  return plugins.flatMap((plugin) => {
    const filter = plugin.prepareFilter?.(cycle);
    return filter ? [{ plugin, filter }] : [];
  });
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

function pickBest(plugins: readonly Plugin[], cycle: Cycle, feasible: readonly NodeInfo[], random: Random): string {
  const [only] = feasible;
  if (only && feasible.length === 1) return only.name;
  const totals = scoreNodes(plugins, cycle, feasible);
  const best = Math.max(...totals);
  return random.pick(feasible.filter((_, index) => totals[index] === best)).name;
}

/** The weighted sum of all plugins' scores, node by node. */
function scoreNodes(plugins: readonly Plugin[], cycle: Cycle, feasible: readonly NodeInfo[]): number[] {
  const totals = feasible.map(() => 0);
  for (const plugin of plugins) {
    const prepared = plugin.prepareScore?.(cycle, feasible);
    if (!prepared) continue;
    const raw = feasible.map((node) => prepared.score(node));
    const scores = prepared.normalize?.(raw, feasible) ?? raw;
    scores.forEach((score, index) => {
      if (score < 0 || score > MAX_SCORE) throw new Error(`plugin ${plugin.name} gave ${score} points`);
      totals[index] = (totals[index] ?? 0) + score * (plugin.weight ?? 1);
    });
  }
  return totals;
}
