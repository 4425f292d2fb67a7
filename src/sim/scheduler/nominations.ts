import { podPriority } from '../api/pods.js';
import type { Pod } from '../api/types/pod.js';
import type { Nominations } from './filtering.js';
import { type PodInfo, podInfo } from './pod-info.js';

const NOBODY: readonly PodInfo[] = [];

/** Which pods wait for room on which node. */
export class NominatedPods implements Nominations {
  private nodes = new Set<string>();
  private readonly byUid = new Map<string, { pod: Pod; node: string }>();

  /** Takes note of a pod's nomination, from its status or as it was just decided; an empty node takes it back. */
  set(pod: Pod, node = pod.status?.nominatedNodeName ?? ''): void {
    const uid = pod.metadata.uid ?? '';
    if (node === '' || pod.spec.nodeName) this.remove(pod);
    else {
      this.byUid.set(uid, { pod, node });
      this.nodes.add(node);
    }
  }

  remove(pod: Pod): void {
    if (this.byUid.delete(pod.metadata.uid ?? ''))
      this.nodes = new Set([...this.byUid.values()].map(({ node }) => node));
  }

  /** Pods of at least the same priority that were promised room. */
  before({ pod }: PodInfo, node: string): readonly PodInfo[] {
    if (this.nodes.size === 0 || !this.nodes.has(node)) return NOBODY;
    return this.on(node)
      .filter((other) => other.metadata.uid !== pod.metadata.uid && podPriority(other) >= podPriority(pod))
      .map(podInfo);
  }

  /** All pods nominated to a node. */
  on(node: string): Pod[] {
    return [...this.byUid.values()].filter((entry) => entry.node === node).map(({ pod }) => pod);
  }
}
