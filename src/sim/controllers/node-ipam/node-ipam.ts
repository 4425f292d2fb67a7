import type { ObjectReference } from '../../api/types/event.js';
import type { Node } from '../../api/types/node.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { SyncError } from '../machinery/failures.js';
import { NODES } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { CidrSet } from './cidr-set.js';

/** Size of a node's part of an IPv6 range (--node-cidr-mask-size-ipv6). */
const IPV6_MASK_SIZE = 64;

/** Gives every node its share of the cluster's pod addresses. */
export const nodeIpamController: Controller = {
  name: 'node-ipam-controller',
  alias: 'nodeipam',
  start: (context) => {
    if (context.options.allocateNodeCidrs) new NodeIpamController(context).start();
  },
};

class NodeIpamController {
  private readonly nodes: Informer<Node>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly sets: readonly CidrSet[];

  constructor(private readonly context: ControllerContext) {
    this.nodes = context.informer<Node>(NODES);
    this.queue = context.queue('cidrallocator_node');
    this.recorder = context.recorder('cidrAllocator');
    const { clusterCidrs, serviceClusterIpRanges, nodeCidrMaskSize } = context.options;
    this.sets = clusterCidrs.map((cidr) => new CidrSet(cidr, cidr.includes(':') ? IPV6_MASK_SIZE : nodeCidrMaskSize));
    for (const set of this.sets) for (const range of serviceClusterIpRanges) set.occupy(range);
  }

  start(): void {
    this.nodes.addHandlers({
      added: (node) => {
        this.occupy(node);
        this.queue.add(node.metadata.name ?? '');
      },
      updated: (_, after) => {
        if (!hasCidrs(after)) this.queue.add(after.metadata.name ?? '');
      },
      deleted: (node) => {
        node.spec.podCIDRs?.forEach((cidr, index) => void this.sets[index]?.release(cidr));
      },
    });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(name: string): Waiting<void> {
    const node = this.nodes.get(undefined, name);
    if (!node || hasCidrs(node)) return;
    const podCIDRs = this.allocate(node);
    const patch = { spec: { podCIDR: podCIDRs[0], podCIDRs } };
    try {
      yield* this.context.client.patch(NODES, name, undefined, 'application/strategic-merge-patch+json', patch);
    } catch (error) {
      podCIDRs.forEach((cidr, index) => void this.sets[index]?.release(cidr));
      throw error;
    }
  }

  private allocate(node: Node): string[] {
    const cidrs: string[] = [];
    for (const set of this.sets) {
      const cidr = set.allocate();
      if (cidr === undefined) {
        cidrs.forEach((taken, index) => void this.sets[index]?.release(taken));
        this.reportFull(node);
        throw new SyncError(
          'failed to allocate cidr from cluster cidr: CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range',
        );
      }
      cidrs.push(cidr);
    }
    return cidrs;
  }

  private occupy(node: Node): void {
    node.spec.podCIDRs?.forEach((cidr, index) => void this.sets[index]?.occupy(cidr));
  }

  private reportFull(node: Node): void {
    const { name = '', uid = '' } = node.metadata;
    const reference: ObjectReference = { apiVersion: 'v1', kind: 'Node', name, uid };
    this.recorder.event(reference, 'Normal', 'CIDRNotAvailable', `Node ${name} status is now: CIDRNotAvailable`);
  }
}

function hasCidrs(node: Node): boolean {
  return (node.spec.podCIDRs?.length ?? 0) > 0;
}
