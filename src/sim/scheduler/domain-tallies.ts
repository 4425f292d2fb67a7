import { formatSelector, matchesSelector, type Selector } from '../api/labels.js';
import { isDeleting } from '../api/pods.js';
import type { NodeInfo } from './node-info.js';
import type { NodeNotes } from './node-notes.js';
import type { Cycle, Journal } from './plugin.js';

/** So many sums are kept of one list of nodes. */
const TALLIES_MAX = 256;

/** Counts one kind of pods: those of a namespace that a selector takes and that are not on their way out. */
export interface PodCount {
  readonly key: string;
  of(node: NodeInfo): number;
}

/** How many pods of a namespace a selector takes, node by node. */
export function podCount(notes: NodeNotes, namespace: string, selector: Exclude<Selector, null>): PodCount {
  const key = `pods ${namespace}?${formatSelector(selector)}`;
  const count = (node: NodeInfo): number => {
    let found = 0;
    for (const { pod } of node.eachPod()) {
      if (pod.metadata.namespace !== namespace || isDeleting(pod)) continue;
      if (matchesSelector(selector, pod.metadata.labels)) found += 1;
    }
    return found;
  };
  return { key, of: selector.length === 0 ? () => 0 : notes.column(key, count) };
}

interface Tally {
  readonly domains: Map<string, number>;
  /** What each node was counted as. */
  readonly parts: Map<NodeInfo, number>;
  seen: number;
}

const kept = new WeakMap<Journal, Map<string, Tally>>();

/**
 * Pods by domain, over all nodes that have one. With a journal the sums are kept, and only nodes that changed are counted
 * again. `key` has to say all that `domainOf` depends on.
 */
export function domainTally(
  { nodes, journal }: Cycle,
  key: string,
  count: PodCount,
  domainOf: (node: NodeInfo) => string | undefined,
): ReadonlyMap<string, number> {
  const tally = (journal && kept.get(journal)?.get(key)) ?? newTally(nodes, count, domainOf);
  if (!journal) return tally.domains;
  const tallies = kept.get(journal) ?? new Map<string, Tally>();
  kept.set(journal, tallies);
  if (!tallies.has(key)) {
    if (tallies.size >= TALLIES_MAX) tallies.clear();
    tallies.set(key, tally);
    tally.seen = journal.length;
  }
  for (; tally.seen < journal.length; tally.seen += 1) {
    const node = journal[tally.seen] as NodeInfo;
    const before = tally.parts.get(node);
    if (before === undefined) continue;
    const now = count.of(node);
    const domain = domainOf(node) as string;
    tally.parts.set(node, now);
    tally.domains.set(domain, (tally.domains.get(domain) ?? 0) + now - before);
  }
  return tally.domains;
}

function newTally(
  nodes: readonly NodeInfo[],
  count: PodCount,
  domainOf: (node: NodeInfo) => string | undefined,
): Tally {
  const tally: Tally = { domains: new Map(), parts: new Map(), seen: 0 };
  for (const node of nodes) {
    const domain = domainOf(node);
    if (domain === undefined) continue;
    const part = count.of(node);
    tally.parts.set(node, part);
    tally.domains.set(domain, (tally.domains.get(domain) ?? 0) + part);
  }
  return tally;
}
