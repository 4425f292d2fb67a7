import { parseAmounts } from '../api/pod-requests.js';
import type { Node } from '../api/types/node.js';
import { type HostPort, numbers, type PodInfo, type Requests } from './pod-info.js';

const NOTHING: Requests = new Map();

/** A node with the pods on it and what they take together, kept current as pods come and go. */
export class NodeInfo {
  private current: Node | undefined;
  private amounts: Requests = NOTHING;
  private readonly images = new Map<string, number>();
  private readonly byUid = new Map<string, PodInfo>();
  private readonly choosy = new Map<string, PodInfo>();
  private readonly requested = new Map<string, number>();
  private readonly nonZero = new Map<string, number>();

  /** Another object after each change of the node or its pods. */
  version: object = {};

  /** `slot` is its place among the nodes of a cache, which no other has at the same time; a copy to try things on has none. */
  constructor(
    readonly name: string,
    readonly slot?: number,
  ) {}

  /** The node; only asked of nodes that exist. */
  get node(): Node {
    if (!this.current) throw new Error(`node ${this.name} has no object`);
    return this.current;
  }

  get exists(): boolean {
    return this.current !== undefined;
  }

  get pods(): readonly PodInfo[] {
    return [...this.byUid.values()];
  }

  /** The pods, without a list of them. */
  eachPod(): Iterable<PodInfo> {
    return this.byUid.values();
  }

  /** The pods that have wishes about other pods. */
  get podsWithAffinity(): readonly PodInfo[] {
    return [...this.choosy.values()];
  }

  get hasPodsWithAffinity(): boolean {
    return this.choosy.size > 0;
  }

  get podCount(): number {
    return this.byUid.size;
  }

  get allocatable(): Requests {
    return this.amounts;
  }

  setNode(node: Node | undefined): void {
    if (node?.status?.images !== this.current?.status?.images) {
      this.images.clear();
      for (const { names, sizeBytes = 0 } of node?.status?.images ?? [])
        for (const name of names ?? []) if (!this.images.has(name)) this.images.set(name, sizeBytes);
    }
    this.version = {};
    this.current = node;
    this.amounts = node ? numbers(parseAmounts(node.status?.allocatable)) : NOTHING;
  }

  /** How much of an image is here; undefined when it is not. */
  imageSize(image: string): number | undefined {
    return this.images.get(image);
  }

  get imageNames(): Iterable<string> {
    return this.images.keys();
  }

  add(pod: PodInfo): void {
    this.remove(pod);
    this.version = {};
    this.byUid.set(uidOf(pod), pod);
    if (pod.pod.spec.affinity?.podAffinity || pod.pod.spec.affinity?.podAntiAffinity) this.choosy.set(uidOf(pod), pod);
    count(this.requested, pod.requests, 1);
    count(this.nonZero, pod.nonZeroRequests, 1);
  }

  remove(pod: PodInfo): void {
    const known = this.byUid.get(uidOf(pod));
    if (!known) return;
    this.version = {};
    this.byUid.delete(uidOf(pod));
    this.choosy.delete(uidOf(pod));
    count(this.requested, known.requests, -1);
    count(this.nonZero, known.nonZeroRequests, -1);
  }

  /** The sum of the pods' requests of a resource. */
  requestedOf(resource: string): number {
    return this.requested.get(resource) ?? 0;
  }

  /** The same with defaults for containers that state nothing. */
  nonZeroRequestedOf(resource: string): number {
    return this.nonZero.get(resource) ?? 0;
  }

  /** Whether a port is free for one more pod: an address conflicts with itself and with "all addresses". */
  isPortFree(wanted: HostPort): boolean {
    for (const { ports } of this.byUid.values()) if (ports.some((taken) => portsConflict(taken, wanted))) return false;
    return true;
  }

  /** A copy to try things on. */
  clone(): NodeInfo {
    const copy = new NodeInfo(this.name);
    copy.current = this.current;
    copy.amounts = this.amounts;
    for (const pod of this.byUid.values()) copy.add(pod);
    return copy;
  }
}

function portsConflict(a: HostPort, b: HostPort): boolean {
  if (a.port !== b.port || a.protocol !== b.protocol) return false;
  return a.address === b.address || a.address === '0.0.0.0' || b.address === '0.0.0.0';
}

function uidOf({ pod }: PodInfo): string {
  return pod.metadata.uid ?? `${pod.metadata.namespace}/${pod.metadata.name}`;
}

function count(sums: Map<string, number>, amounts: Requests, sign: 1 | -1): void {
  for (const [name, amount] of amounts) sums.set(name, (sums.get(name) ?? 0) + sign * amount);
}
