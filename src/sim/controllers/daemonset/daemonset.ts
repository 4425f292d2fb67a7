import { selectorFromObject } from '../../api/labels.js';
import { deepEqual, semanticEqual } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import { isDeleting, isPodTerminal } from '../../api/pods.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { ControllerRevision, DaemonSet } from '../../api/types/workloads.js';
import type { Informer } from '../../client/informer.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { claim } from '../machinery/claim.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { Expectations } from '../machinery/expectations.js';
import { aggregate, isExpectedFailure } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { followPods } from '../machinery/owned-pods.js';
import { PodControl } from '../machinery/pod-control.js';
import { orphanPods, podInformer, podsControlledBy, podsOnNode } from '../machinery/pod-index.js';
import { DAEMON_SETS, NODES, PODS } from '../machinery/resource-types.js';
import { revisionInformer } from '../machinery/revision-history.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { writeStatus } from '../machinery/write-status.js';
import { FailedPodBackoff } from './failed-pod-backoff.js';
import { cleanUpHistory, currentHash, type DaemonHistory, syncHistory } from './history.js';
import { type DaemonView, planNodes } from './manage.js';
import { nodeEligibility, podTemplateFor, targetNode } from './placement.js';
import { planUpdate } from './rolling.js';
import { daemonSetStatus, sameDaemonSetStatus } from './status.js';

/** Pods one sync makes or deletes at most. */
const BURST_REPLICAS = 250;

/** Keeps one pod of each daemon set on every node it is meant for. */
export const daemonSetController: Controller = {
  name: 'daemonset-controller',
  alias: 'daemonset',
  start: (context) => new DaemonSetController(context).start(),
};

class DaemonSetController {
  private readonly sets: Informer<DaemonSet>;
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  private readonly revisions: Informer<ControllerRevision>;
  private readonly queue: WorkQueue;
  private readonly changedNodes: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly podControl: PodControl;
  private readonly expectations: Expectations;
  private readonly failedPods: FailedPodBackoff;

  constructor(private readonly context: ControllerContext) {
    this.sets = context.informer<DaemonSet>(DAEMON_SETS);
    this.pods = podInformer(context);
    this.nodes = context.informer<Node>(NODES);
    this.revisions = revisionInformer(context);
    this.queue = context.queue('daemonset');
    this.changedNodes = context.queue('daemonset-node-updates');
    this.recorder = context.recorder('daemonset-controller');
    this.podControl = new PodControl(context.client, this.recorder);
    this.expectations = new Expectations(() => context.sys.now());
    this.failedPods = new FailedPodBackoff();
  }

  start(): void {
    this.sets.addHandlers({
      added: (set) => this.enqueue(set),
      updated: (_, after) => this.enqueue(after),
      deleted: (set) => {
        this.expectations.forget(keyOf(set));
        this.enqueue(set);
      },
    });
    const { sets: owners, pods, queue, expectations } = this;
    const selectorOf = (set: DaemonSet) => selectorFromObject(set.spec.selector);
    followPods({ kind: 'DaemonSet', owners, pods, queue, expectations, selectorOf, slackSeconds: 1 });
    this.nodes.addHandlers({
      added: (node) => this.nodeChanged(undefined, node),
      updated: (before, after) => this.nodeChanged(before, after),
    });
    const { context, changedNodes } = this;
    startWorker(context, queue, (key) => this.sync(key), retryWithBackoff(context, queue));
    startWorker(context, changedNodes, (name) => this.syncNode(name), retryWithBackoff(context, changedNodes));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const set = this.sets.get(namespace, name);
    if (!set) {
      this.expectations.forget(key);
      return;
    }
    if (deepEqual(set.spec.selector, {})) {
      const message = 'This daemon set is selecting all pods. A non-empty selector is required.';
      this.recorder.event(set, 'Warning', 'SelectingAll', message);
      return;
    }
    if (isDeleting(set)) return;
    const history = yield* this.syncHistory(set);
    const hash = currentHash(history);
    const satisfied = this.expectations.satisfied(key);
    const failure = satisfied ? yield* this.attempt(() => this.update(set, key, history)) : undefined;
    const statusFailure = yield* this.attempt(() => this.writeStatus(set, key, hash, satisfied));
    if (failure ?? statusFailure) throw failure ?? statusFailure;
  }

  private syncHistory(set: DaemonSet): Waiting<DaemonHistory> {
    const { client } = this.context;
    return syncHistory({ client, set, revisions: this.revisions, pods: podsControlledBy(this.pods, set) });
  }

  /** Places and removes pods; then, when nothing is pending, goes on with a rolling update; then forgets old revisions. */
  private *update(set: DaemonSet, key: string, history: DaemonHistory): Waiting<void> {
    const view = yield* this.look(set, currentHash(history));
    const plan = planNodes(view);
    const ended = plan.ended.filter((pod) => this.mayReplaceEnded(set, key, pod));
    yield* this.apply(view, key, plan.create, [...plan.remove, ...ended]);
    if (this.expectations.satisfied(key) && set.spec.updateStrategy?.type === 'RollingUpdate') {
      const { create, remove } = planUpdate(view);
      yield* this.apply(view, key, create, remove);
    }
    yield* cleanUpHistory(this.context.client, set, history.old, () => this.claimPods(set));
  }

  private *look(set: DaemonSet, hash: string): Waiting<DaemonView> {
    const podsByNode = new Map<string, Pod[]>();
    for (const pod of yield* this.claimPods(set)) {
      if (isPodTerminal(pod) && isDeleting(pod)) continue;
      const node = targetNode(pod);
      if (node !== undefined) podsByNode.set(node, [...(podsByNode.get(node) ?? []), pod]);
    }
    return { set, nodes: this.nodes.list(), podsByNode, hash, now: this.context.sys.now() };
  }

  private claimPods(set: DaemonSet): Waiting<Pod[]> {
    const selector = selectorFromObject(set.spec.selector);
    return claim({
      client: this.context.client,
      owner: set,
      ownerType: DAEMON_SETS,
      selector,
      type: PODS,
      candidates: [...podsControlledBy(this.pods, set), ...orphanPods(this.pods, set.metadata.namespace, selector)],
    });
  }

  private *apply(view: DaemonView, key: string, create: readonly string[], remove: readonly Pod[]): Waiting<void> {
    const nodes = create.slice(0, BURST_REPLICAS);
    const pods = remove.slice(0, BURST_REPLICAS);
    if (nodes.length === 0 && pods.length === 0) return;
    this.expectations.expect(key, nodes.length, pods.map(keyOf));
    const { set, hash } = view;
    const template = (index: number) => podTemplateFor(set, nodes[index] as string, hash);
    const notMade = yield* this.podControl.createExpected(nodes.length, template, set, this.expectations, key);
    const notDeleted = yield* this.podControl.deleteExpected(pods, set, this.expectations, key);
    const failure = aggregate(notMade ? [notMade, ...notDeleted] : notDeleted);
    if (failure) throw failure;
  }

  /** An ended daemon pod is reported and replaced; a failed one with growing delay per node. */
  private mayReplaceEnded(set: DaemonSet, key: string, pod: Pod): boolean {
    const node = targetNode(pod) ?? '';
    const { namespace, name } = pod.metadata;
    if (pod.status?.phase === 'Succeeded') {
      const message = `Found succeeded daemon pod ${namespace}/${name} on node ${node}, will try to delete it`;
      this.recorder.event(set, 'Normal', 'SucceededDaemonPod', message);
      return true;
    }
    const delay = this.failedPods.next(
      `${set.metadata.uid}/${set.status?.observedGeneration ?? 0}/${node}`,
      this.context.sys.now(),
    );
    if (delay > 0) {
      this.queue.addAfter(key, delay);
      return false;
    }
    const message = `Found failed daemon pod ${namespace}/${name} on node ${node}, will try to kill it`;
    this.recorder.event(set, 'Warning', 'FailedDaemonPod', message);
    return true;
  }

  private *writeStatus(set: DaemonSet, key: string, hash: string, observe: boolean): Waiting<void> {
    const { nodes, podsByNode, now } = yield* this.look(set, hash);
    const status = daemonSetStatus(set, nodes, podsByNode, hash, observe, now);
    if (!sameDaemonSetStatus(set, status)) yield* this.storeStatus(set, status);
    const seconds = set.spec.minReadySeconds ?? 0;
    if (seconds > 0 && status.numberReady !== status.numberAvailable) this.queue.addAfter(key, seconds * SECOND);
  }

  private *storeStatus(set: DaemonSet, status: DaemonSet['status']): Waiting<void> {
    yield* writeStatus(this.context.client, DAEMON_SETS, set, (current) => ({
      ...current,
      status: { ...current.status, ...status } as NonNullable<typeof status>,
    }));
  }

  private *attempt(step: () => Waiting<void>): Waiting<Error | undefined> {
    try {
      yield* step();
      return undefined;
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      return error;
    }
  }

  private enqueue(set: DaemonSet): void {
    this.queue.add(keyOf(set));
  }

  /** Labels and taints decide who runs where; heartbeats do not. */
  private nodeChanged(before: Node | undefined, after: Node): void {
    const same =
      before !== undefined &&
      semanticEqual(before.metadata.labels, after.metadata.labels) &&
      semanticEqual(before.spec.taints, after.spec.taints);
    if (!same) this.changedNodes.add(keyOf(after));
  }

  /**
   * Sets that lack a pod on the node, have one too many there or may have counted it as misplaced. One that only ceases to
   * be wanted there says so with its next change (daemon syncNodeUpdate).
   */
  private *syncNode(name: string): Waiting<void> {
    const node = this.nodes.get(undefined, name);
    if (!node) return;
    const here = new Set(
      podsOnNode(this.pods, name).flatMap((pod) => {
        const owner = controllerOf(pod);
        return owner?.kind === 'DaemonSet' ? [`${pod.metadata.namespace}/${owner.name}`] : [];
      }),
    );
    for (const set of this.sets.list()) {
      const { shouldRun, mayStay } = nodeEligibility(node, set);
      const has = here.has(keyOf(set));
      const mayBeMiscounted = has && (set.status?.numberMisscheduled ?? 0) > 0;
      if ((shouldRun && !has) || (!mayStay && has) || mayBeMiscounted) this.enqueue(set);
    }
  }
}
