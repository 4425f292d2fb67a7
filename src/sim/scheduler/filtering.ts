import type { NodeInfo } from './node-info.js';
import type { Cycle, Plugin, PreparedFilter, Refusal } from './plugin.js';
import type { PodInfo } from './pod-info.js';

/** Pods that are to get room on a node as soon as others have gone. */
export interface Nominations {
  /** Those nominated to a node that the pod must leave room for. */
  before(pod: PodInfo, node: string): readonly PodInfo[];
}

interface ReadyFilter {
  readonly plugin: Plugin;
  readonly filter: PreparedFilter;
}

/** Filters made ready for one pod, with the plugin each belongs to. */
export interface ReadyFilters {
  /** In the order of the plugins: the first that refuses gives the reason. */
  readonly all: readonly ReadyFilter[];
  /** Those that look at more than the node. */
  readonly wide: readonly ReadyFilter[];
  /** Whether all others let the pod pass. */
  passesLocal(node: NodeInfo): boolean;
}

/** Why a node was refused, and by which plugin. */
export interface Refused {
  readonly plugin: string;
  readonly refusal: Refusal;
}

/** Makes the filters of the plugins ready for the pod of a cycle. */
export function prepareFilters(plugins: readonly Plugin[], cycle: Cycle): ReadyFilters {
  const all: ReadyFilter[] = [];
  for (const plugin of plugins) {
    const filter = plugin.prepareFilter?.(cycle);
    if (filter) all.push({ plugin, filter });
  }
  const local = all.filter(({ filter }) => filter.local !== undefined);
  const what = local.map(({ plugin, filter }) => `${plugin.name} ${filter.local}`);
  return {
    all,
    wide: all.filter(({ filter }) => filter.local === undefined),
    passesLocal: cycle.notes.column(`fits ${what.join('\n')}`, (node) => !firstRefusal(local, node)),
  };
}

/** Whether one node takes the pod, as it is and when the pods nominated to it come. */
export function fitsNode(
  plugins: readonly Plugin[],
  cycle: Cycle,
  node: NodeInfo,
  nominations: Nominations,
): Refusal | undefined {
  const filters = prepareFilters(plugins, cycle);
  const early = filters.all.find(({ filter }) => filter.refusal)?.filter.refusal;
  if (early) return early;
  return checkWithNominated(plugins, filters, cycle, node, nominations)?.refusal;
}

/** The cycle with one node replaced by a variant of it. */
export function withNode(cycle: Cycle, variant: NodeInfo): Cycle {
  const { pod, cluster, nodes, notes } = cycle;
  return { pod, cluster, notes, nodes: nodes.map((node) => (node.name === variant.name ? variant : node)) };
}

/** Checks a node as it is, and with the pods that are to come there first. */
export function checkWithNominated(
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
  return firstRefusal(filters.passesLocal(node) ? filters.wide : filters.all, node);
}

function firstRefusal(filters: readonly ReadyFilter[], node: NodeInfo): Refused | undefined {
  for (const { plugin, filter } of filters) {
    const refusal = filter.check?.(node);
    if (refusal) return { plugin: plugin.name, refusal };
  }
  return undefined;
}
