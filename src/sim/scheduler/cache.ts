import { deepEqual } from '../api/object.js';
import type { Node } from '../api/types/node.js';
import type { Pod } from '../api/types/pod.js';
import { NodeInfo } from './node-info.js';
import { NodeNotes } from './node-notes.js';
import type { Journal } from './plugin.js';
import { podInfo } from './pod-info.js';

/** After so many changes what was counted is counted anew. */
const JOURNAL_MAX = 100_000;

/**
 * The nodes with what runs on them, current at every event. Pods that were given a node and are not yet seen bound are
 * assumed there, so that the next pod finds their place taken.
 */
export class SchedulerCache {
  /** What was worked out of these nodes. */
  readonly notes = new NodeNotes();
  private readonly infos = new Map<string, NodeInfo>();
  private readonly freeSlots: number[] = [];
  /** Assumed pods by UID, with the node they were given. */
  private readonly assumed = new Map<string, { pod: Pod; node: string }>();
  private readonly placed = new Map<string, { pod: Pod; node: string }>();
  private readonly choosy = new Set<NodeInfo>();
  private listed: readonly NodeInfo[] | undefined;
  private journal: NodeInfo[] = [];

  /** Nodes that exist, in the order they came: the same list until one of them changes in what matters. */
  nodes(): readonly NodeInfo[] {
    this.listed ??= [...this.infos.values()].filter((info) => info.exists);
    return this.listed;
  }

  /** The nodes on which pods have wishes about other pods. */
  nodesWithAffinity(): readonly NodeInfo[] {
    return [...this.choosy].filter((info) => info.exists);
  }

  /** The nodes whose pods changed, one after the other; it begins anew with the list of nodes. */
  changes(): Journal {
    return this.journal;
  }

  node(name: string): NodeInfo | undefined {
    const info = this.infos.get(name);
    return info?.exists ? info : undefined;
  }

  setNode(node: Node): void {
    const info = this.info(node.metadata.name ?? '');
    const before = info.exists ? info.node : undefined;
    info.setNode(node);
    if (!before || !sameForLists(before, node)) this.renew();
  }

  removeNode(node: Node): void {
    const info = this.infos.get(node.metadata.name ?? '');
    info?.setNode(undefined);
    this.drop(info);
    this.renew();
  }

  /** A pod that is bound to a node, new or changed. */
  setPod(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    this.forget(uid);
    this.removePod(pod);
    const node = pod.spec.nodeName ?? '';
    this.put(pod, node);
    this.placed.set(uid, { pod, node });
  }

  /** A bound pod that is gone, or over. */
  removePod(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    const placed = this.placed.get(uid);
    if (!placed) return;
    this.placed.delete(uid);
    this.take(placed);
  }

  /** Counts a pod on a node before the server has said so. */
  assume(pod: Pod, node: string): void {
    this.assumed.set(pod.metadata.uid ?? '', { pod, node });
    this.put(pod, node);
  }

  isAssumed(uid: string): boolean {
    return this.assumed.has(uid);
  }

  /** The binding failed, or was seen. */
  forget(uid: string): void {
    const assumed = this.assumed.get(uid);
    if (!assumed) return;
    this.assumed.delete(uid);
    this.take(assumed);
  }

  private put(pod: Pod, node: string): void {
    const info = this.info(node);
    info.add(podInfo(pod));
    this.changed(info);
  }

  private take({ pod, node }: { pod: Pod; node: string }): void {
    const info = this.infos.get(node);
    if (!info) return;
    info.remove(podInfo(pod));
    this.changed(info);
    this.drop(info);
  }

  private changed(info: NodeInfo): void {
    if (info.hasPodsWithAffinity) this.choosy.add(info);
    else this.choosy.delete(info);
    if (this.journal.length >= JOURNAL_MAX) this.renew();
    this.journal.push(info);
  }

  private renew(): void {
    this.listed = undefined;
    this.journal = [];
  }

  private info(name: string): NodeInfo {
    const known = this.infos.get(name);
    if (known) return known;
    const info = new NodeInfo(name, this.freeSlots.pop() ?? this.infos.size);
    this.infos.set(name, info);
    return info;
  }

  /** A node that is gone is forgotten with its last pod. */
  private drop(info: NodeInfo | undefined): void {
    if (!info || info.exists || info.podCount > 0 || !this.infos.delete(info.name)) return;
    this.freeSlots.push(info.slot as number);
  }
}

/** Whether a node is as before in all that is counted over many nodes. */
function sameForLists(before: Node, after: Node): boolean {
  const facts = ({ metadata, spec, status }: Node) => [metadata.labels ?? {}, spec, status?.images ?? []];
  return deepEqual(facts(before), facts(after));
}
