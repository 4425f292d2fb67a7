import { podPriority } from '../api/pods.js';
import type { Pod } from '../api/types/pod.js';
import type { Nominations } from './cycle.js';
import { type PodInfo, podInfo } from './pod-info.js';

/** Which pods wait for room on which node. */
export class NominatedPods implements Nominations {
  private readonly byUid = new Map<string, { pod: Pod; node: string }>();

  /** Takes note of a pod's nomination, from its status or as it was just decided; an empty node takes it back. */
  set(pod: Pod, node = pod.status?.nominatedNodeName ?? ''): void {
    const uid = pod.metadata.uid ?? '';
    if (node === '' || pod.spec.nodeName) this.byUid.delete(uid);
    else this.byUid.set(uid, { pod, node });
  }

  remove(pod: Pod): void {
    this.byUid.delete(pod.metadata.uid ?? '');
  }

  /** Pods of at least the same priority that were promised room. */
  before({ pod }: PodInfo, node: string): readonly PodInfo[] {
    return this.on(node)
      .filter((other) => other.metadata.uid !== pod.metadata.uid && podPriority(other) >= podPriority(pod))
      .map(podInfo);
  }

  /** All pods nominated to a node. */
  on(node: string): Pod[] {
    return [...this.byUid.values()].filter((entry) => entry.node === node).map(({ pod }) => pod);
  }
}
