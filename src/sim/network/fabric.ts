import type { Handshake } from '../kernel/conversation.js';
import type { Random } from '../kernel/random.js';
import type { Micros } from '../kernel/time.js';
import { canonicalAddress } from './addresses.js';
import { SimNamespace } from './namespace.js';
import { NetworkNode } from './node.js';

/** What the network needs of the machine. */
export interface FabricHost {
  now(): Micros;
  readonly handshake: Handshake;
  readonly random: Random;
}

/** All that is connected: hosts and the pods on them, by address. It knows of no Kubernetes object. */
export class Fabric {
  readonly host: FabricHost;
  private readonly all: NetworkNode[] = [];
  private readonly byAddress = new Map<string, SimNamespace>();

  constructor(host: FabricHost) {
    this.host = host;
  }

  /** Every host, in the order they were added. */
  get nodes(): readonly NetworkNode[] {
    return this.all;
  }

  /** Adds a host with its own namespace. */
  addNode(name: string, addresses: readonly string[]): NetworkNode {
    const node = new NetworkNode(this, name);
    node.namespace = this.addNamespace(node, addresses, undefined);
    this.all.push(node);
    return node;
  }

  /** Adds a pod's namespace on a host. */
  addPod(node: NetworkNode, addresses: readonly string[], pod: string): SimNamespace {
    return this.addNamespace(node, addresses, pod);
  }

  /** Takes a pod's namespace away: its address answers no more. */
  remove(namespace: SimNamespace): void {
    namespace.node.pods.delete(namespace);
    for (const address of namespace.addresses()) {
      if (this.byAddress.get(address) === namespace) this.byAddress.delete(address);
    }
  }

  /** Who has an address, or undefined. */
  find(address: string): SimNamespace | undefined {
    return this.byAddress.get(canonicalAddress(address));
  }

  /** The host that answers for an address that is nobody's own. */
  announcerOf(address: string): NetworkNode | undefined {
    return this.all.find((node) => node.up && node.announced.has(address));
  }

  /** Whether an address lies among some host's pods. */
  isPodAddress(address: string): boolean {
    return this.find(address)?.pod !== undefined || this.all.some((node) => node.hasPodAddress(address));
  }

  private addNamespace(node: NetworkNode, addresses: readonly string[], pod: string | undefined): SimNamespace {
    const namespace = new SimNamespace(this, node, addresses.map(canonicalAddress), pod);
    for (const address of namespace.addresses()) this.byAddress.set(address, namespace);
    if (pod !== undefined) node.pods.add(namespace);
    return namespace;
  }
}
