import { semanticEqual } from '../../api/object.js';
import { isAlreadyExists, isNotFound, StatusError } from '../../api/status.js';
import { formatMicroTime, formatTime } from '../../api/time.js';
import type { Lease } from '../../api/types/config.js';
import type { Node, NodeCondition, NodeStatus } from '../../api/types/node.js';
import type { ResourceType } from '../../client/client.js';
import { CriError } from '../../client/cri-client.js';
import { RESOURCES } from '../../client/resource-types.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletFlags } from '../config/flags.js';
import type { KubeletContext } from '../context.js';
import { initializeCsiNode } from '../csi/csi-node.js';
import { conditionsDiffer, nodeConditions, PRESSURE_EVENTS } from './conditions.js';
import { initialNode, machineInfo, nodeLabels, nodeResources, runtimeVersionText } from './facts.js';

const LEASES: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  namespaced: true,
};
const LEASE_NAMESPACE = 'kube-node-lease';
const REGISTER_RETRY_MAX: Micros = 7 * SECOND;
/** kubelet tells of at most so many images (nodeStatusMaxImages). */
const IMAGES_MAX = 50;

/** Registers the node and keeps its status and its lease current. */
export class NodeAgent {
  private readonly context: KubeletContext;
  private readonly flags: KubeletFlags;
  /** The node as the server last gave it. */
  node: Node | undefined;
  /** Why containers cannot be run, or undefined. */
  runtimeProblem: string | undefined = 'container runtime status check may not have completed yet';
  networkProblem: string | undefined;
  private csiProblem: string | undefined = 'CSINode is not yet initialized';
  private runtimeVersion = '';
  private podCidr: string | undefined;
  private lastReport: Micros | undefined;
  /** Read once: cAdvisor looks at the machine when kubelet starts. */
  private machine: { resources: ReturnType<typeof nodeResources>; info: ReturnType<typeof machineInfo> } | undefined;
  private toldReboot = false;
  /** Whether the node was cordoned when it was last looked at. */
  private unschedulable = false;
  private readonly onReady: () => void;
  shutdownProblem: () => string | undefined = () => undefined;
  /** The node as a watch tells it. */
  watched: () => Node | undefined = () => undefined;
  /** Whether the node has one of the conditions of pressure. */
  isUnder: (condition: string) => boolean = () => false;

  /** `onReady` is called when containers may run that could not before. */
  constructor(context: KubeletContext, flags: KubeletFlags, onReady: () => void) {
    this.context = context;
    this.flags = flags;
    this.onReady = onReady;
  }

  /** The node as the server last told it, or what is known of it before. */
  known(): Node {
    const { nodeName, allocatable, capacity } = this.context;
    const latest = newerOf(this.watched(), this.node);
    if (latest) return latest;
    const status: NodeStatus = { allocatable: { ...allocatable() }, capacity: { ...capacity() } };
    return initialNode(nodeName, nodeLabels(nodeName, this.flags.nodeLabels), [], status);
  }

  /** Reads the node again; without an answer what is known stays. */
  *freshen(): Waiting<void> {
    yield* this.attempt(
      'Failed to synchronously fetch node info',
      function* (this: NodeAgent): Waiting<void> {
        this.node = yield* this.context.client.get<Node>(RESOURCES.nodes, this.context.nodeName);
      }.bind(this),
    );
  }

  /** Why the node is not ready, in kubelet's words; undefined when it is. */
  problem(): string | undefined {
    const problems = [this.runtimeProblem, this.networkProblem, this.csiProblem, this.shutdownProblem()].filter(
      (text) => text !== undefined,
    );
    if (problems.length === 0) return undefined;
    return problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
  }

  /** Looks at the runtime and its network every five seconds, and at once when the first look fails. */
  *workRuntime(): Waiting<void> {
    for (;;) {
      const before = this.problem();
      yield* this.lookAtRuntime();
      const now = this.problem();
      if (before !== undefined && now === undefined) this.onReady();
      if (before !== now && this.node) yield* this.report();
      yield* this.context.sys.sleep(now === undefined ? 5 * SECOND : SECOND);
    }
  }

  /** Registers, then reports: at every update interval what changed, and everything from time to time. */
  *workStatus(): Waiting<void> {
    const { sys, config } = this.context;
    let pause: Micros = 100 * MILLISECOND;
    while (
      config.registerNode &&
      !(yield* this.attempt('Unable to register node with API server', () => this.register()))
    ) {
      yield* sys.sleep(pause);
      pause = Math.min(pause * 2, REGISTER_RETRY_MAX);
    }
    for (;;) {
      if (this.csiProblem !== undefined) yield* this.initializeCsi();
      yield* this.report();
      yield* sys.sleep(config.nodeStatusUpdateFrequency);
    }
  }

  /** Renews the node's lease, four times as often as it would run out. */
  *workLease(): Waiting<void> {
    const { sys, config } = this.context;
    const every = Math.floor((config.nodeLeaseDurationSeconds * SECOND) / 4);
    let lease: Lease | undefined;
    for (;;) {
      const renewed = yield* this.attempt(
        'Failed to update lease',
        function* (this: NodeAgent): Waiting<void> {
          lease = yield* this.renew(lease);
        }.bind(this),
      );
      if (!renewed) lease = undefined;
      yield* sys.sleep(renewed ? every : Math.min(every, 7 * SECOND));
    }
  }

  private *initializeCsi(): Waiting<void> {
    const done = yield* this.attempt(
      'Failed to initialize CSINode',
      function* (this: NodeAgent): Waiting<void> {
        if (this.node) yield* initializeCsiNode(this.context.client, this.node);
      }.bind(this),
    );
    if (done) this.csiProblem = undefined;
  }

  private *renew(before: Lease | undefined): Waiting<Lease> {
    const { client, sys, nodeName, config } = this.context;
    const spec = {
      holderIdentity: nodeName,
      leaseDurationSeconds: config.nodeLeaseDurationSeconds,
      renewTime: formatMicroTime(sys.now()),
    };
    const current = before ?? (yield* this.findLease());
    if (current) return yield* client.update<Lease>(LEASES, { ...current, spec: { ...current.spec, ...spec } });
    const ownerReferences = this.node?.metadata.uid
      ? [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: this.node.metadata.uid }]
      : [];
    return yield* client.create<Lease>(LEASES, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: nodeName, namespace: LEASE_NAMESPACE, ownerReferences },
      spec,
    });
  }

  private *findLease(): Waiting<Lease | undefined> {
    try {
      return yield* this.context.client.get<Lease>(LEASES, this.context.nodeName, LEASE_NAMESPACE);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private *lookAtRuntime(): Waiting<void> {
    const { cri } = this.context;
    try {
      if (this.runtimeVersion === '') this.runtimeVersion = (yield* cri.call('Version', {})).runtimeVersion;
      const { conditions } = yield* cri.call('Status', {});
      this.runtimeProblem = undefined;
      const network = conditions.find(({ type }) => type === 'NetworkReady');
      this.networkProblem =
        network && !network.status
          ? `container runtime network not ready: NetworkReady=false reason:${network.reason} message:${network.message}`
          : undefined;
      yield* this.tellPodCidr();
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      this.runtimeProblem = 'container runtime is down';
      this.context.log.error('kubelet.go:3117', error.grpc, 'Container runtime sanity check failed');
    }
  }

  private *tellPodCidr(): Waiting<void> {
    const podCidr = this.node?.spec.podCIDRs?.join(',') ?? this.node?.spec.podCIDR;
    if (podCidr === undefined || podCidr === this.podCidr) return;
    const { cri, log } = this.context;
    log.info('kuberuntime_manager.go:1828', 'Updating runtime config through cri with podcidr', { CIDR: podCidr });
    try {
      yield* cri.call('UpdateRuntimeConfig', { podCidr });
      this.podCidr = podCidr;
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      log.error('kubelet_node_status.go:562', `failed to update pod CIDR: ${error.grpc}`, 'Error updating pod CIDR');
    }
  }

  private *register(): Waiting<void> {
    const { client, log, nodeName, sys, recorder } = this.context;
    log.info('kubelet_node_status.go:75', 'Attempting to register node', { node: nodeName });
    const labels = nodeLabels(nodeName, this.flags.nodeLabels);
    const wanted = initialNode(nodeName, labels, this.flags.registerWithTaints, yield* this.status([]));
    try {
      this.node = yield* client.create<Node>(RESOURCES.nodes, wanted);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      this.node = yield* client.get<Node>(RESOURCES.nodes, nodeName);
    }
    log.info('kubelet_node_status.go:78', 'Successfully registered node', { node: nodeName });
    recorder.event(this.reference(), 'Normal', 'Starting', 'Starting kubelet.');
    this.tellPressure([], wanted.status?.conditions ?? []);
    this.lastReport = sys.now();
  }

  /** Events of a node name it by its name, not its UID. */
  private reference() {
    const { nodeName } = this.context;
    return { kind: 'Node', name: nodeName, uid: nodeName };
  }

  /** Writes the node's status when something changed or it is time. */
  *report(): Waiting<void> {
    yield* this.attempt(
      'Error updating node status, will retry',
      function* (this: NodeAgent): Waiting<void> {
        const { client, sys, config, nodeName } = this.context;
        const node = yield* client.get<Node>(RESOURCES.nodes, nodeName);
        this.node = node;
        yield* this.tellPodCidr();
        this.tellReboot(node);
        this.tellSchedulable(node);
        const before = node.status?.conditions ?? [];
        const { attachments } = this.context;
        const used = node.status?.volumesInUse ?? [];
        const volumesInUse = attachments.inUse(used);
        const status = yield* this.status(before);
        const due = this.lastReport === undefined || sys.now() - this.lastReport >= config.nodeStatusReportFrequency;
        const changed = conditionsDiffer(before, status.conditions ?? []) || !sameBesideConditions(node.status, status);
        const isSameUse = semanticEqual(used, volumesInUse);
        if (!due && !changed && isSameUse) return attachments.told(node);
        // Two addresses of one type are no key to merge by (fixupPatchForNodeStatusAddresses).
        const { addresses = [] } = status;
        const both = this.context.nodeAddresses.length > 1;
        const patch = {
          status: {
            ...status,
            ...(both ? { addresses: [...addresses, { $patch: 'replace' }] } : {}),
            ...(isSameUse ? {} : { volumesInUse: volumesInUse.length > 0 ? volumesInUse : null }),
          },
        };
        this.node = yield* client.patch<Node>(
          RESOURCES.nodes,
          nodeName,
          undefined,
          'application/strategic-merge-patch+json',
          patch,
          {
            subresource: 'status',
          },
        );
        this.lastReport = sys.now();
        attachments.told(this.node);
        this.tellPressure(before, status.conditions ?? []);
        this.tellReadiness(before.find(({ type }) => type === 'Ready')?.status, status);
      }.bind(this),
    );
  }

  /** Once, when the node last told of another boot of the machine. */
  private tellReboot({ status }: Node): void {
    const before = status?.nodeInfo?.bootID;
    const now = this.machine?.info.bootID;
    if (this.toldReboot || !before || !now || before === now) return;
    this.toldReboot = true;
    const { nodeName, recorder } = this.context;
    const message = `Node ${nodeName} has been rebooted, boot id: ${now}`;
    recorder.event(this.reference(), 'Warning', 'Rebooted', message);
  }

  private tellSchedulable({ spec }: Node): void {
    const unschedulable = spec.unschedulable === true;
    if (unschedulable === this.unschedulable) return;
    this.unschedulable = unschedulable;
    const reason = unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable';
    const message = `Node ${this.context.nodeName} status is now: ${reason}`;
    this.context.recorder.event(this.reference(), 'Normal', reason, message);
  }

  private tellPressure(before: readonly NodeCondition[], after: readonly NodeCondition[]): void {
    for (const [condition, [well, under]] of Object.entries(PRESSURE_EVENTS)) {
      const now = after.find(({ type }) => type === condition)?.status;
      if (before.find(({ type }) => type === condition)?.status === now) continue;
      const reason = now === 'True' ? under : well;
      const message = `Node ${this.context.nodeName} status is now: ${reason}`;
      this.context.recorder.event(this.reference(), 'Normal', reason, message);
    }
  }

  private tellReadiness(before: string | undefined, status: NodeStatus): void {
    const now = status.conditions?.find(({ type }) => type === 'Ready')?.status;
    if (before === undefined || now === before) return;
    const reason = now === 'True' ? 'NodeReady' : 'NodeNotReady';
    const message = `Node ${this.context.nodeName} status is now: ${reason}`;
    this.context.recorder.event(this.reference(), 'Normal', reason, message);
  }

  private *status(before: NonNullable<NodeStatus['conditions']>): Waiting<NodeStatus> {
    const { sys, config, nodeName, nodeAddresses } = this.context;
    this.machine ??= { resources: nodeResources(sys, config), info: machineInfo(sys) };
    const { machine } = this;
    const images = yield* this.images();
    return {
      addresses: [
        ...nodeAddresses.map((address) => ({ type: 'InternalIP', address })),
        { type: 'Hostname', address: nodeName },
      ],
      ...machine.resources,
      conditions: nodeConditions(before, this.problem(), formatTime(sys.now()), this.isUnder),
      daemonEndpoints: { kubeletEndpoint: { Port: config.port } },
      images,
      nodeInfo: { ...machine.info, containerRuntimeVersion: runtimeVersionText(this.runtimeVersion) },
      runtimeHandlers: [{ name: '', features: { recursiveReadOnlyMounts: true, userNamespaces: true } }],
      features: { supplementalGroupsPolicy: true },
    };
  }

  private *images(): Waiting<NonNullable<NodeStatus['images']>> {
    try {
      const { images } = yield* this.context.cri.call('ListImages', {});
      return [...images]
        .sort((one, other) => other.size - one.size)
        .slice(0, IMAGES_MAX)
        .map(({ repoDigests, repoTags, size }) => ({ names: [...repoDigests, ...repoTags], sizeBytes: size }));
    } catch (error) {
      if (error instanceof CriError) return [];
      throw error;
    }
  }

  /** Runs a step that speaks with the API server; false, and a line in the log, when that fails. */
  private *attempt(message: string, step: () => Waiting<void>): Waiting<boolean> {
    try {
      yield* step();
      return true;
    } catch (error) {
      if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
      this.context.log.error('kubelet_node_status.go:107', error.message, message, { node: this.context.nodeName });
      return false;
    }
  }
}

function sameBesideConditions(before: NodeStatus | undefined, after: NodeStatus): boolean {
  const { conditions: _old, volumesInUse: _used, volumesAttached: _attached, phase: _phase, ...rest } = before ?? {};
  const { conditions: _new, ...wanted } = after;
  return semanticEqual(rest, wanted);
}

function newerOf(one: Node | undefined, other: Node | undefined): Node | undefined {
  const revision = (node: Node | undefined): number => Number(node?.metadata.resourceVersion ?? -1);
  return revision(one) > revision(other) ? one : other;
}
