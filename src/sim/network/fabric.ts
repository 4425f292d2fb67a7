import type { Handshake } from '../kernel/conversation.js';
import type { Random } from '../kernel/random.js';
import type { Micros } from '../kernel/time.js';
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
  private readonly nodes: NetworkNode[] = [];
  private readonly byAddress = new Map<string, SimNamespace>();

  constructor(host: FabricHost) {
    this.host = host;
  }

  /** Adds a host with its own namespace. */
  addNode(name: string, addresses: readonly string[]): NetworkNode {
    const node = new NetworkNode(this, name);
    node.namespace = this.addNamespace(node, addresses, undefined);
    this.nodes.push(node);
    return node;
  }

  /** Adds a pod's namespace on a host. */
  addPod(node: NetworkNode, address: string, pod: string): SimNamespace {
    return this.addNamespace(node, [address], pod);
  }

  /** Takes a pod's namespace away: its address answers no more. */
  remove(namespace: SimNamespace): void {
    for (const address of namespace.addresses()) {
      if (this.byAddress.get(address) === namespace) this.byAddress.delete(address);
    }
  }

  /** Who has an address, or undefined. */
  find(address: string): SimNamespace | undefined {
    return this.byAddress.get(address);
  }

  private addNamespace(node: NetworkNode, addresses: readonly string[], pod: string | undefined): SimNamespace {
    const namespace = new SimNamespace(this, node, addresses, pod);
    for (const address of addresses) this.byAddress.set(address, namespace);
    return namespace;
  }
}
