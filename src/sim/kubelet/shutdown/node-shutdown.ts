import type { Pod } from '../../api/types/pod.js';
import { beforeShutdown } from '../../kernel/libc/login1.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Refusal } from '../admission/admission.js';
import type { KubeletContext } from '../context.js';
import type { EvictablePods } from '../eviction/start-eviction.js';
import { groupPods, shutdownPeriods } from './periods.js';

const MESSAGE = 'Pod was terminated in response to imminent node shutdown.';
const TERMINATED = {
  reason: 'Terminated',
  message: MESSAGE,
  condition: { type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message: MESSAGE },
};
const LOOK: Micros = SECOND / 10;

/** Ends the pods in order before the machine goes down (kubelet nodeshutdown manager); without grace periods nothing. */
export class NodeShutdown {
  private readonly context: KubeletContext;
  private readonly pods: EvictablePods;
  private readonly statusChanged: () => Waiting<void>;
  private goesDown = false;

  /** `statusChanged` tells the server what the node says of itself now. */
  constructor(context: KubeletContext, pods: EvictablePods, statusChanged: () => Waiting<void>) {
    this.context = context;
    this.pods = pods;
    this.statusChanged = statusChanged;
  }

  /** Why the node is not ready, once the machine goes down. */
  get problem(): string | undefined {
    return this.goesDown ? 'node is shutting down' : undefined;
  }

  /** What a pod hears that comes too late. */
  refusal(): Refusal | undefined {
    if (!this.goesDown) return undefined;
    return { reason: 'NodeShutdown', message: 'Pod was rejected as the node is shutting down.' };
  }

  /** The thread that waits for the machine to go down. */
  *work(): Waiting<void> {
    const { sys, config } = this.context;
    const periods = shutdownPeriods(config);
    const delayMax = periods.reduce((sum, { seconds }) => sum + seconds * SECOND, 0);
    if (delayMax > 0) yield* beforeShutdown(sys, { who: 'kubelet', delayMax }, () => this.shutDown());
  }

  private *shutDown(): Waiting<void> {
    const { context } = this;
    const node = { kind: 'Node', name: context.nodeName, uid: context.nodeName };
    this.goesDown = true;
    context.recorder.event(node, 'Normal', 'Shutdown', 'Shutdown manager detected shutdown event');
    context.sys.thread(() => this.statusChanged());
    for (const { seconds, pods } of groupPods(shutdownPeriods(context.config), this.pods.list()))
      if (pods.length > 0) yield* this.endAll(pods, seconds);
  }

  private *endAll(pods: readonly Pod[], seconds: number): Waiting<void> {
    const { sys } = this.context;
    for (const pod of pods) {
      const own = pod.spec.terminationGracePeriodSeconds ?? seconds;
      this.pods.evict(pod, Math.min(own, seconds), TERMINATED);
    }
    const until = sys.now() + seconds * SECOND;
    while (sys.now() < until && !pods.every((pod) => this.pods.isGone(pod))) yield* sys.sleep(LOOK);
  }
}
