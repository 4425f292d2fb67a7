import { conditionGeneration, isPodTerminal } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { Node } from '../../api/types/node.js';
import type { Pod, PodStatus } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { isExpectedFailure } from '../machinery/failures.js';
import { keyOf } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { disruptionTarget, patchPodStatus } from '../machinery/pod-status.js';
import { NODES, PODS } from '../machinery/resource-types.js';
import { startPeriodic } from '../machinery/worker.js';
import { surplusTerminated, terminatingOutOfService, unscheduledTerminating } from './choose.js';

/** Time between two looks. */
const PERIOD: Micros = 20 * SECOND;
/** How long a node must be gone before its pods are given up. */
const QUARANTINE: Micros = 40 * SECOND;

/** Deletes pods nobody else will: of nodes that are gone, never bound ones, and ended ones beyond a limit. */
export const podGcController: Controller = {
  name: 'pod-garbage-collector-controller',
  alias: 'podgc',
  start: (context) => new PodGc(context).start(),
};

class PodGc {
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  /** When each missing node was first missed. */
  private readonly missingSince = new Map<string, Micros>();

  constructor(private readonly context: ControllerContext) {
    this.pods = podInformer(context);
    this.nodes = context.informer<Node>(NODES);
  }

  start(): void {
    startPeriodic(this.context, PERIOD, () => this.collect());
  }

  private *collect(): Waiting<void> {
    const pods = this.pods.list();
    const nodeOf = (name: string) => this.nodes.get(undefined, name);
    const { terminatedPodThreshold } = this.context.options;
    for (const pod of surplusTerminated(pods, terminatedPodThreshold)) yield* this.forceDelete(pod);
    for (const pod of terminatingOutOfService(pods, nodeOf)) yield* this.forceDelete(pod);
    yield* this.collectOrphans(pods);
    for (const pod of unscheduledTerminating(pods)) yield* this.forceDelete(pod);
  }

  private *collectOrphans(pods: readonly Pod[]): Waiting<void> {
    const now = this.context.sys.now();
    const orphans = pods.filter(({ spec }) => spec.nodeName && !this.nodes.get(undefined, spec.nodeName));
    const missing = new Set(orphans.map(({ spec }) => spec.nodeName as string));
    for (const node of [...this.missingSince.keys()]) if (!missing.has(node)) this.missingSince.delete(node);
    for (const node of missing) if (!this.missingSince.has(node)) this.missingSince.set(node, now);
    for (const node of missing) {
      if (now - (this.missingSince.get(node) ?? now) < QUARANTINE || (yield* this.exists(node))) continue;
      for (const pod of orphans.filter(({ spec }) => spec.nodeName === node)) yield* this.deleteOrphan(pod, now);
    }
  }

  private *deleteOrphan(pod: Pod, now: Micros): Waiting<void> {
    const status = disruptionTarget(pod, 'DeletionByPodGC', 'PodGC: node no longer exists', now) ?? pod.status ?? {};
    yield* this.forceDelete(pod, status);
  }

  /** Asks the server itself: the cache may be behind. */
  private *exists(node: string): Waiting<boolean> {
    try {
      yield* this.context.client.get<Node>(NODES, node);
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  private *forceDelete(pod: Pod, status: PodStatus = pod.status ?? {}): Waiting<void> {
    this.context.log.info('PodGC is force deleting Pod', { pod: keyOf(pod) });
    const { name = '', namespace } = pod.metadata;
    try {
      if (!isPodTerminal(pod)) {
        const failed = { ...status, phase: 'Failed', ...conditionGeneration(pod) };
        yield* patchPodStatus(this.context.client, pod, failed);
      }
      yield* this.context.client.delete(PODS, name, namespace, { gracePeriodSeconds: 0 });
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      if (!isNotFound(error)) this.context.log.error(error, 'Failed to delete pod', { pod: keyOf(pod) });
    }
  }
}
