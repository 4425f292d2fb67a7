import type { Protocol } from '../kernel/network.js';
import { type AddressRange, contains } from './addresses.js';
import type { Fabric } from './fabric.js';
import type { SimNamespace } from './namespace.js';

/** One address behind a service. */
export interface Backend {
  readonly address: string;
  readonly port: number;
}

/** What a node does with a connection to a service's address: `reject` when there is nobody behind it. */
export type ServiceVerdict = { readonly backends: readonly Backend[]; readonly affinitySeconds?: number } | 'reject';

/** The rules kube-proxy keeps in a node's kernel; they stay when it stops. */
export interface ServiceRules {
  /** Undefined when the address and port belong to no service. `source` is the client's address. */
  lookup(address: string, port: number, protocol: Protocol, source: string): ServiceVerdict | undefined;
  /** The same for a connection to one of the node's own addresses (NodePort). */
  lookupNodePort(port: number, protocol: Protocol): ServiceVerdict | undefined;
}

/** The rules a network plugin keeps on a node for the pods that run there; they stay when it stops. */
export interface PolicyRules {
  /** Whether packets of this connection pass; `pod` is the address of the pod on this node. */
  allows(direction: 'ingress' | 'egress', pod: string, remote: string, port: number, protocol: Protocol): boolean;
}

/** A host as the network sees it: what its kernel was told about services and policies. */
export class NetworkNode {
  readonly fabric: Fabric;
  readonly name: string;
  /** False while the machine is off: nobody reaches it or its pods. */
  up = true;
  services: ServiceRules | undefined;
  policies: PolicyRules | undefined;
  /** Where this host's pods get their addresses from. */
  podRange: AddressRange | undefined;
  private own: SimNamespace | undefined;

  constructor(fabric: Fabric, name: string) {
    this.fabric = fabric;
    this.name = name;
  }

  get namespace(): SimNamespace {
    return this.own as SimNamespace;
  }

  set namespace(namespace: SimNamespace) {
    this.own = namespace;
  }

  /** Whether an address lies among this host's pods. */
  hasPodAddress(address: string): boolean {
    return this.podRange !== undefined && contains(this.podRange, address);
  }
}
