import { deepEqual } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { ObjectReference } from '../../api/types/event.js';
import type { Node, Taint } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { MILLISECOND, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer, podsOnNode } from '../machinery/pod-index.js';
import { disruptionTarget, patchPodStatus } from '../machinery/pod-status.js';
import { NODES, PODS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { toleranceOf } from './tolerance.js';

/** Time before a deletion that failed is tried again. */
const RETRY_DELAY: Micros = 10 * MILLISECOND;

/** Deletes pods from nodes with NoExecute taints when their tolerations are at an end. */
export const taintEvictionController: Controller = {
  name: 'taint-eviction-controller',
  start: (context) => new TaintEvictionController(context).start(),
};

interface Eviction {
  readonly since: Micros;
  readonly at: Micros;
}

class TaintEvictionController {
  private readonly nodes: Informer<Node>;
  private readonly pods: Informer<Pod>;
  private readonly nodeQueue: WorkQueue;
  private readonly podQueue: WorkQueue;
  private readonly evictionQueue: WorkQueue;
  private readonly evictions = new Map<string, Eviction>();
  private readonly recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.nodes = context.informer<Node>(NODES);
    this.pods = podInformer(context);
    this.nodeQueue = context.queue('noexec_taint_node');
    this.podQueue = context.queue('noexec_taint_pod');
    this.evictionQueue = context.queue('noexec_taint_eviction');
    this.recorder = context.recorder('taint-eviction-controller');
  }

  start(): void {
    const enqueueNode = (node: Node) => this.nodeQueue.add(node.metadata.name ?? '');
    this.nodes.addHandlers({
      added: enqueueNode,
      updated: (before, after) => {
        if (!deepEqual(noExecuteTaints(before), noExecuteTaints(after))) enqueueNode(after);
      },
    });
    const enqueuePod = (pod: Pod) => this.podQueue.add(keyOf(pod));
    this.pods.addHandlers({
      added: enqueuePod,
      updated: (before, after) => {
        const facts = ({ spec }: Pod) => [spec.nodeName ?? '', spec.tolerations ?? []];
        if (!deepEqual(facts(before), facts(after))) enqueuePod(after);
      },
      deleted: enqueuePod,
    });
    const { context } = this;
    startWorker(context, this.nodeQueue, (key) => this.syncNode(key), retryWithBackoff(context, this.nodeQueue));
    startWorker(context, this.podQueue, (key) => this.syncPod(key), retryWithBackoff(context, this.podQueue));
    startWorker(
      context,
      this.evictionQueue,
      (key) => this.evictWhenDue(key),
      (key) => this.evictionQueue.addAfter(key, RETRY_DELAY),
    );
  }

  private *syncNode(name: string): Waiting<void> {
    const node = this.nodes.get(undefined, name);
    if (!node) return;
    for (const pod of podsOnNode(this.pods, name)) this.plan(pod, noExecuteTaints(node));
  }

  private *syncPod(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const pod = this.pods.get(namespace, name);
    if (!pod) return this.cancel(key);
    const node = pod.spec.nodeName ? this.nodes.get(undefined, pod.spec.nodeName) : undefined;
    const taints = node ? noExecuteTaints(node) : [];
    if (taints.length > 0) this.plan(pod, taints);
  }

  /** Sets, keeps or cancels a pod's eviction. One that is set already keeps its time: taints that follow do not prolong it. */
  private plan(pod: Pod, taints: readonly Taint[]): void {
    const key = keyOf(pod);
    if (taints.length === 0) return this.cancel(key);
    const now = this.context.sys.now();
    const tolerance = toleranceOf(taints, pod.spec.tolerations);
    if (tolerance === 'forever') return this.cancel(key);
    if (tolerance === 'not at all') {
      this.cancel(key);
      return this.schedule(key, { since: now, at: now });
    }
    const planned = this.evictions.get(key);
    if (planned && planned.since + tolerance < now + tolerance) return;
    if (planned) this.cancel(key);
    this.schedule(key, { since: planned?.since ?? now, at: now + tolerance });
  }

  private schedule(key: string, eviction: Eviction): void {
    this.evictions.set(key, eviction);
    this.evictionQueue.addAfter(key, eviction.at - this.context.sys.now());
  }

  private cancel(key: string): void {
    if (!this.evictions.delete(key)) return;
    this.recorder.event(podReference(key), 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
  }

  private *evictWhenDue(key: string): Waiting<void> {
    const eviction = this.evictions.get(key);
    if (!eviction) return;
    const wait = eviction.at - this.context.sys.now();
    if (wait > 0) return this.evictionQueue.addAfter(key, wait);
    this.context.log.info('Deleting pod', { controller: 'taint-eviction-controller', pod: key });
    this.recorder.event(podReference(key), 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
    yield* this.evict(key);
    this.evictions.delete(key);
  }

  private *evict(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const { client } = this.context;
    try {
      const pod = yield* client.get<Pod>(PODS, name, namespace);
      const message = 'Taint manager: deleting due to NoExecute taint';
      const status = disruptionTarget(pod, 'DeletionByTaintManager', message, this.context.sys.now());
      if (status) yield* patchPodStatus(client, pod, status);
      yield* client.delete(PODS, name, namespace);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function noExecuteTaints(node: Node): Taint[] {
  return (node.spec.taints ?? []).filter((taint) => taint.effect === 'NoExecute');
}

function podReference(key: string): ObjectReference {
  const { namespace, name } = splitKey(key);
  return { apiVersion: 'v1', kind: 'Pod', name, ...(namespace === undefined ? {} : { namespace }) };
}
