import { deepCopy } from '../../api/object.js';
import { podCondition, withPodCondition } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import { sameTaint } from '../../api/taints.js';
import { formatTime } from '../../api/time.js';
import type { Lease } from '../../api/types/config.js';
import type { ObjectReference } from '../../api/types/event.js';
import type { Node, NodeCondition, Taint } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { MILLISECOND, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { swapTaints } from '../machinery/node-taints.js';
import { podInformer, podsOnNode } from '../machinery/pod-index.js';
import { updatePodStatus } from '../machinery/pod-status.js';
import { LEASES, NODES } from '../machinery/resource-types.js';
import { retryWithBackoff, startPeriodic, startWorker } from '../machinery/worker.js';
import { NOT_READY_NO_EXECUTE, noScheduleDifference, UNREACHABLE_NO_EXECUTE } from './condition-taints.js';
import { type NodeHealth, observeHealth, readyCondition, silentConditions } from './health.js';
import { NoExecuteTainter } from './tainter.js';
import { zoneOf, zoneState } from './zones.js';

const LEASE_NAMESPACE = 'kube-node-lease';
/** Time between two looks at a node that is to be tainted. */
const TAINT_PERIOD: Micros = 100 * MILLISECOND;

/** Notices silent nodes, marks them and their pods, and taints nodes by their conditions. */
export const nodeLifecycleController: Controller = {
  name: 'node-lifecycle-controller',
  alias: 'nodelifecycle',
  start: (context) => new NodeLifecycleController(context).start(),
};

class NodeLifecycleController {
  private readonly nodes: Informer<Node>;
  private readonly leases: Informer<Lease>;
  private readonly pods: Informer<Pod>;
  private readonly nodeQueue: WorkQueue;
  private readonly podQueue: WorkQueue;
  private readonly taintQueue: WorkQueue;
  private readonly tainter: NoExecuteTainter;
  private readonly recorder: EventRecorder;
  private readonly known = new Map<string, Node>();
  private readonly health = new Map<string, NodeHealth>();
  /** Nodes found in need of a NoExecute taint in this pass, with their zones. */
  private readonly due = new Map<string, string>();
  /** Nodes whose pods could not all be marked. */
  private readonly unmarked = new Set<string>();

  constructor(private readonly context: ControllerContext) {
    this.nodes = context.informer<Node>(NODES);
    this.leases = context.informer<Lease>(LEASES);
    this.pods = podInformer(context);
    this.nodeQueue = context.queue('node_lifecycle_controller');
    this.podQueue = context.queue('node_lifecycle_controller_pods');
    this.taintQueue = context.queue('node_lifecycle_controller_tainter');
    this.tainter = new NoExecuteTainter(this.taintQueue, () => context.sys.now());
    this.recorder = context.recorder('node-controller');
  }

  start(): void {
    const enqueue = (node: Node) => this.nodeQueue.add(node.metadata.name ?? '');
    this.nodes.addHandlers({
      added: enqueue,
      updated: (_, after) => enqueue(after),
      deleted: (node) => this.health.delete(node.metadata.name ?? ''),
    });
    this.pods.addHandlers({
      added: (pod) => this.podAssigned(undefined, pod),
      updated: (before, after) => this.podAssigned(before, after),
    });
    const { context } = this;
    startWorker(
      context,
      this.nodeQueue,
      (key) => this.syncTaintsAndLabels(key),
      retryWithBackoff(context, this.nodeQueue),
    );
    startWorker(context, this.podQueue, (key) => this.syncPod(key), retryWithBackoff(context, this.podQueue));
    startWorker(context, this.taintQueue, (key) => this.syncNoExecute(key), retryWithBackoff(context, this.taintQueue));
    startPeriodic(context, context.options.nodeMonitorPeriod, () => this.monitor());
  }

  /** NoSchedule taints as the conditions ask for, and the old labels for system and architecture. */
  private *syncTaintsAndLabels(name: string): Waiting<void> {
    const node = this.nodes.get(undefined, name);
    if (!node) return;
    const { add, remove } = noScheduleDifference(node);
    if (add.length + remove.length > 0) yield* this.swap(name, add, remove);
    const labels: Record<string, string> = {};
    for (const what of ['os', 'arch']) {
      const value = node.metadata.labels?.[`kubernetes.io/${what}`];
      const old = `beta.kubernetes.io/${what}`;
      if (value !== undefined && node.metadata.labels?.[old] !== value) labels[old] = value;
    }
    if (Object.keys(labels).length === 0) return;
    yield* this.context.client.patch(NODES, name, undefined, 'application/strategic-merge-patch+json', {
      metadata: { labels },
    });
  }

  /** A node whose turn it is gets the NoExecute taint that its condition asks for by now. */
  private *syncNoExecute(name: string): Waiting<void> {
    const node = this.nodes.get(undefined, name);
    if (!node || !this.tainter.isWanted(name)) return;
    const status = readyCondition(node)?.status;
    // The cache may not have seen yet what the monitor wrote.
    if (status === 'True') return this.taintQueue.addAfter(name, TAINT_PERIOD);
    if (status === 'False') yield* this.swap(name, [NOT_READY_NO_EXECUTE], [UNREACHABLE_NO_EXECUTE]);
    if (status === 'Unknown') yield* this.swap(name, [UNREACHABLE_NO_EXECUTE], [NOT_READY_NO_EXECUTE]);
    this.tainter.unwant(name);
  }

  private *monitor(): Waiting<void> {
    const nodes = this.nodes.list();
    yield* this.noteComingAndGoing(nodes);
    const zones = new Map<string, (NodeCondition | undefined)[]>();
    for (const node of nodes) {
      const ready = yield* this.checkNode(node);
      if (node.metadata.labels?.['node.kubernetes.io/exclude-disruption'] !== undefined) continue;
      zones.set(zoneOf(node), [...(zones.get(zoneOf(node)) ?? []), ready]);
    }
    yield* this.judgeZones(zones, nodes);
    // Only now: where all nodes failed at once nobody is to be evicted.
    for (const [name, zone] of this.due) this.tainter.want(name, zone);
    this.due.clear();
  }

  private *noteComingAndGoing(nodes: readonly Node[]): Waiting<void> {
    for (const node of nodes) {
      const name = node.metadata.name ?? '';
      if (this.known.has(name)) continue;
      this.known.set(name, node);
      this.nodeEvent(node, 'RegisteredNode', `Node ${name} event: Registered Node ${name} in Controller`);
      yield* this.markReachable(node);
    }
    for (const [name, node] of this.known) {
      if (this.nodes.get(undefined, name)) continue;
      this.known.delete(name);
      this.nodeEvent(node, 'RemovingNode', `Node ${name} event: Removing Node ${name} from Controller`);
    }
  }

  /** Judges one node; its Ready condition afterwards. Failures are logged and the node skipped until the next look. */
  private *checkNode(node: Node): Waiting<NodeCondition | undefined> {
    const name = node.metadata.name ?? '';
    const observed = readyCondition(node)?.status ?? 'Unknown';
    try {
      const judged = yield* this.judgeHealth(node);
      const ready = readyCondition(judged);
      if (!ready) return ready;
      yield* this.planNoExecute(judged, ready);
      const fell = ready.status !== 'True' && observed === 'True';
      if (fell) this.nodeEvent(judged, 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
      if (fell || (this.unmarked.has(name) && observed !== 'True')) {
        this.unmarked.add(name);
        for (const pod of podsOnNode(this.pods, name)) yield* this.markNotReady(pod);
      }
      this.unmarked.delete(name);
      return ready;
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      this.context.log.error(error, 'Update health of Node from Controller error, Skipping - no pods will be evicted', {
        node: name,
      });
      return readyCondition(node);
    }
  }

  private *judgeHealth(node: Node): Waiting<Node> {
    const name = node.metadata.name ?? '';
    const now = this.context.sys.now();
    // Silence is measured on the controller's own, monotonic clock, which does not run while everything sleeps.
    const clock = this.context.sys.monotonic();
    const { nodeMonitorGracePeriod, nodeStartupGracePeriod } = this.context.options;
    const health = observeHealth(this.health.get(name), node, this.leases.get(LEASE_NAMESPACE, name), clock);
    this.health.set(name, health);
    const gracePeriod = readyCondition(node) ? nodeMonitorGracePeriod : nodeStartupGracePeriod;
    if (clock <= health.probeAt + gracePeriod) return node;
    const conditions = silentConditions(node, now);
    if (!conditions) return node;
    const judged = { ...deepCopy(node), status: { ...node.status, conditions } };
    if (readyCondition(node)?.status !== 'Unknown')
      yield* this.context.client.update(NODES, judged, { subresource: 'status' });
    this.health.set(name, { ...health, ready: readyCondition(judged) });
    return judged;
  }

  /** One of the two NoExecute taints gives way to the other at once; the first one is a matter of the zone's rate. */
  private *planNoExecute(node: Node, ready: NodeCondition): Waiting<void> {
    const name = node.metadata.name ?? '';
    if (ready.status === 'True') return yield* this.markReachable(node);
    const [due, other] =
      ready.status === 'False'
        ? [NOT_READY_NO_EXECUTE, UNREACHABLE_NO_EXECUTE]
        : [UNREACHABLE_NO_EXECUTE, NOT_READY_NO_EXECUTE];
    if (hasTaint(node, other)) return yield* this.swap(name, [due], [other]);
    if (!hasTaint(node, due)) this.due.set(name, zoneOf(node));
  }

  private *markReachable(node: Node): Waiting<void> {
    const taints = [UNREACHABLE_NO_EXECUTE, NOT_READY_NO_EXECUTE].filter((taint) => hasTaint(node, taint));
    if (taints.length > 0) yield* this.swap(node.metadata.name ?? '', [], taints);
    this.tainter.unwant(node.metadata.name ?? '');
  }

  /** When all nodes seem gone at once nothing is evicted; afterwards every node gets a new grace period. */
  private *judgeZones(
    zones: ReadonlyMap<string, readonly (NodeCondition | undefined)[]>,
    nodes: readonly Node[],
  ): Waiting<void> {
    const states = new Map([...zones].map(([zone, conditions]) => [zone, zoneState(conditions)]));
    const isFull = [...states.values()].every((state) => state === 'FullDisruption');
    const wasFull = [...states.keys()].every((zone) => this.tainter.stateOf(zone) === 'FullDisruption');
    if (states.size === 0 || (isFull && wasFull)) return;
    if (isFull) {
      this.context.log.info('Controller detected that all Nodes are not-Ready. Entering master disruption mode');
      for (const node of nodes) yield* this.markReachable(node);
      for (const zone of states.keys()) this.tainter.hold(zone);
      return;
    }
    if (wasFull) {
      this.context.log.info('Controller detected that some Nodes are Ready. Exiting master disruption mode');
      const probeAt = this.context.sys.monotonic();
      for (const [name, health] of this.health) this.health.set(name, { ...health, probeAt });
    }
    for (const [zone, state] of states) this.tainter.setState(zone, state, zones.get(zone)?.length ?? 0);
  }

  private podAssigned(before: Pod | undefined, after: Pod): void {
    if (after.spec.nodeName && before?.spec.nodeName !== after.spec.nodeName) this.podQueue.add(keyOf(after));
  }

  /** A pod that came to a node which is not ready is not ready either. */
  private *syncPod(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const pod = this.pods.get(namespace, name);
    const ready = this.health.get(pod?.spec.nodeName ?? '')?.ready;
    if (pod && ready && ready.status !== 'True') yield* this.markNotReady(pod);
  }

  private *markNotReady(pod: Pod): Waiting<void> {
    const condition = podCondition(pod, 'Ready');
    if (!condition) return;
    const now = formatTime(this.context.sys.now());
    const status = withPodCondition(pod.status ?? {}, { ...condition, status: 'False' }, now);
    if (!status) return;
    try {
      yield* updatePodStatus(this.context.client, pod, status);
    } catch (error) {
      if (isNotFound(error)) return;
      throw error;
    }
    this.recorder.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
  }

  private swap(name: string, add: readonly Taint[], remove: readonly Taint[]): Waiting<void> {
    return swapTaints(this.context.client, name, add, remove, this.context.sys.now());
  }

  private nodeEvent(node: Node, reason: string, message: string): void {
    const { name = '', uid = '' } = node.metadata;
    const reference: ObjectReference = { apiVersion: 'v1', kind: 'Node', name, uid };
    this.recorder.event(reference, 'Normal', reason, message);
  }
}

function hasTaint(node: Node, taint: Taint): boolean {
  return node.spec.taints?.some((other) => sameTaint(other, taint)) ?? false;
}
