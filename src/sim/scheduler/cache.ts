import type { Node } from '../api/types/node.js';
import type { Pod } from '../api/types/pod.js';
import { NodeInfo } from './node-info.js';
import { podInfo } from './pod-info.js';

/**
 * The nodes with what runs on them, current at every event. Pods that were given a node and are not yet seen bound are
 * assumed there, so that the next pod finds their place taken.
 */
export class SchedulerCache {
  private readonly infos = new Map<string, NodeInfo>();
  /** Assumed pods by UID, with the node they were given. */
  private readonly assumed = new Map<string, { pod: Pod; node: string }>();
  private readonly placed = new Map<string, { pod: Pod; node: string }>();

  /** Nodes that exist, in the order they came. */
  nodes(): NodeInfo[] {
    return [...this.infos.values()].filter((info) => info.exists);
  }

  node(name: string): NodeInfo | undefined {
    const info = this.infos.get(name);
    return info?.exists ? info : undefined;
  }

  setNode(node: Node): void {
    this.info(node.metadata.name ?? '').setNode(node);
  }

  removeNode(node: Node): void {
    const info = this.infos.get(node.metadata.name ?? '');
    info?.setNode(undefined);
    this.drop(info);
  }

  /** A pod that is bound to a node, new or changed. */
  setPod(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    this.forget(uid);
    this.removePod(pod);
    const node = pod.spec.nodeName ?? '';
    this.info(node).add(podInfo(pod));
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
    this.info(node).add(podInfo(pod));
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

  private take({ pod, node }: { pod: Pod; node: string }): void {
    const info = this.infos.get(node);
    info?.remove(podInfo(pod));
    this.drop(info);
  }

  private info(name: string): NodeInfo {
    const known = this.infos.get(name);
    if (known) return known;
    const info = new NodeInfo(name);
    this.infos.set(name, info);
    return info;
  }

  /** A node that is gone is forgotten with its last pod. */
  private drop(info: NodeInfo | undefined): void {
    if (info && !info.exists && info.podCount === 0) this.infos.delete(info.name);
  }
}
