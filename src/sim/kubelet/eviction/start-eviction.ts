import type { Pod } from '../../api/types/pod.js';
import type { KubeletContext } from '../context.js';
import { deleteUnusedContainers } from '../pods/garbage.js';
import { deleteUnusedImages } from '../pods/image-garbage.js';
import { collectStats, footprintOf } from '../stats/collect.js';
import type { Ending } from './eviction-manager.js';
import { EvictionManager } from './eviction-manager.js';
import { parseThresholds } from './thresholds.js';

/** The pods of the node, as the eviction manager deals with them. */
export interface EvictablePods {
  list(): readonly Pod[];
  evict(pod: Pod, graceSeconds: number | undefined, ending: Ending): void;
  isGone(pod: Pod): boolean;
}

/** Builds the eviction manager of a kubelet. Throws `ThresholdError`. */
export function createEviction(context: KubeletContext, pods: EvictablePods): EvictionManager {
  return new EvictionManager({
    context,
    thresholds: parseThresholds(context.config),
    pods: () => pods.list(),
    stats: () => collectStats(context, pods.list()),
    footprint: () => footprintOf(context.sys),
    evict: (pod, graceSeconds, ending) => pods.evict(pod, graceSeconds, ending),
    isGone: (pod) => pods.isGone(pod),
    *reclaimDisk() {
      yield* deleteUnusedContainers(context);
      yield* deleteUnusedImages(context);
    },
  });
}

const NAME_LENGTH_MAX = 15;

/** Tells of the machine's own processes that were killed because it had no memory left (oom_watcher_linux.go). */
export function watchSystemOom({ sys, nodeName, recorder }: KubeletContext): void {
  const root = sys.controlGroups();
  const node = { kind: 'Node', name: nodeName, uid: nodeName };
  root.onVictim = ({ cgroup, args, pid }) => {
    if (cgroup !== root) return;
    const name = (args[0] ?? '').split('/').at(-1)?.slice(0, NAME_LENGTH_MAX);
    const message = `System OOM encountered, victim process: ${name}, pid: ${pid}`;
    recorder.event(node, 'Warning', 'SystemOOM', message);
  };
}
