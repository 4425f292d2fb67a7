import { TAINT, tolerated } from '../../api/taints.js';
import type { Pod, PodCondition } from '../../api/types/pod.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Refusal } from '../admission/admission.js';
import type { KubeletContext } from '../context.js';
import { isCritical } from '../resources/priorities.js';
import type { NodeStats } from '../stats/stats.js';
import { qosClass } from '../status/qos.js';
import type { EvictionWords } from './messages.js';
import { limitsLocalStorage, localStorageExcess, shortageWords } from './messages.js';
import { Pressure } from './pressure.js';
import { ranked } from './ranking.js';
import { SIGNALS, type Threshold } from './thresholds.js';

/** How often kubelet looks (evictionMonitoringPeriod), and how long it waits for a pod that it put out. */
const LOOK = 10 * SECOND;
const CLEANED_UP_MAX = 30 * SECOND;
const CLEANED_UP_LOOK = SECOND;

/** What is said of a pod that is put out. */
export interface Ending {
  readonly reason: string;
  readonly message: string;
  readonly condition?: Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'> | undefined;
}

/** What the manager works with. */
export interface EvictionParts {
  readonly context: KubeletContext;
  readonly thresholds: readonly Threshold[];
  pods(): readonly Pod[];
  stats(): Waiting<NodeStats>;
  /** Numbers that differ when something of what the node uses has changed; asked for at every look, so it must be cheap. */
  footprint(): string;
  evict(pod: Pod, graceSeconds: number, ending: Ending): void;
  isGone(pod: Pod): boolean;
  /** Removes containers that are over and images that nobody uses. */
  reclaimDisk(): Waiting<void>;
}

/** Puts pods out before the node has nothing left (kubelet eviction manager). */
export class EvictionManager {
  private readonly parts: EvictionParts;
  private readonly pressure: Pressure;
  private seen = '';

  constructor(parts: EvictionParts) {
    this.parts = parts;
    this.pressure = new Pressure(parts.thresholds, parts.context.config.evictionPressureTransitionPeriod);
  }

  /** Whether the node has this condition now. */
  isUnder(condition: string): boolean {
    return this.pressure.conditions.includes(condition);
  }

  /** What a node under pressure says to a pod that comes (eviction Admit). */
  refusal(pod: Pod): Refusal | undefined {
    const { conditions } = this.pressure;
    if (conditions.length === 0 || isCritical(pod)) return undefined;
    if (conditions.length === 1 && conditions[0] === 'MemoryPressure') {
      const taint = { key: TAINT.memoryPressure, effect: 'NoSchedule' };
      if (qosClass(pod.spec) !== 'BestEffort' || tolerated(pod.spec.tolerations, taint)) return undefined;
    }
    return { reason: 'Evicted', message: `The node had condition: [${conditions.join(' ')}]. ` };
  }

  /** The thread that looks: a few numbers are compared, and only when they changed is more done. */
  *work(): Waiting<void> {
    const { context } = this.parts;
    const { sys } = context;
    for (;;) {
      const evicted = yield* this.synchronize();
      if (evicted.length > 0) yield* this.waitUntilGone(evicted);
      else yield* sys.sleep(LOOK);
    }
  }

  private *synchronize(): Waiting<readonly Pod[]> {
    const footprint = this.parts.footprint();
    if (footprint === this.seen && !this.pressure.isOpen) return [];
    this.seen = footprint;
    const { context } = this.parts;
    const stats = yield* this.parts.stats();
    const { due, observations } = this.pressure.look(stats, context.sys.monotonic());
    const excessive = this.evictExcessive(stats);
    if (excessive.length > 0) return excessive;
    const [first] = due;
    const resource = first && SIGNALS[first.signal]?.resource;
    if (!first || !resource) return [];
    const node = { kind: 'Node', name: context.nodeName, uid: context.nodeName };
    context.log.info('eviction_manager.go:408', 'Eviction manager: attempting to reclaim', { resourceName: resource });
    context.recorder.event(node, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${resource}`);
    if (resource === 'ephemeral-storage' || resource === 'inodes') {
      yield* this.parts.reclaimDisk();
      if (this.pressure.isRelieved(yield* this.parts.stats())) return [];
    }
    context.log.info('eviction_manager.go:419', 'Eviction manager: must evict pod(s) to reclaim', {
      resourceName: resource,
    });
    const words = (pod: Pod) => shortageWords(resource, pod, stats.pods.get(pod.metadata.uid ?? ''), due, observations);
    return this.evictWorst(first, stats, words);
  }

  private evictWorst(threshold: Threshold, stats: NodeStats, words: (pod: Pod) => EvictionWords): readonly Pod[] {
    const { context, pods } = this.parts;
    const order = ranked(threshold.signal, pods(), ({ metadata }) => stats.pods.get(metadata.uid ?? ''));
    const hard = threshold.gracePeriod === 0;
    for (const pod of order) {
      const most = context.config.evictionMaxPodGracePeriod;
      // An immediate eviction still leaves the second that the API calls the least.
      const grace = hard ? 1 : Math.min(most, pod.spec.terminationGracePeriodSeconds ?? most);
      const { message, annotations } = words(pod);
      const condition = { type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message };
      if (this.evict(pod, grace, { reason: 'Evicted', message, condition }, annotations)) return [pod];
    }
    context.log.info('eviction_manager.go:470', 'Eviction manager: unable to evict any pods from the node', {});
    return [];
  }

  private evictExcessive(stats: NodeStats): readonly Pod[] {
    return this.parts.pods().filter((pod) => {
      const own = limitsLocalStorage(pod) ? stats.pods.get(pod.metadata.uid ?? '') : undefined;
      const message = own && localStorageExcess(pod, own);
      return message !== undefined && this.evict(pod, 1, { reason: 'Evicted', message }, {});
    });
  }

  private evict(pod: Pod, grace: number, ending: Ending, annotations: Readonly<Record<string, string>>): boolean {
    const { context } = this.parts;
    if (isCritical(pod)) {
      context.log.error('eviction_manager.go:614', '', 'Eviction manager: cannot evict a critical pod', {
        pod: `${pod.metadata.namespace}/${pod.metadata.name}`,
      });
      return false;
    }
    context.recorder.event(pod, 'Warning', 'Evicted', ending.message, annotations);
    this.parts.evict(pod, grace, ending);
    return true;
  }

  private *waitUntilGone(pods: readonly Pod[]): Waiting<void> {
    const { sys } = this.parts.context;
    const until = sys.now() + CLEANED_UP_MAX;
    while (sys.now() < until && !pods.every((pod) => this.parts.isGone(pod))) yield* sys.sleep(CLEANED_UP_LOOK);
  }
}
