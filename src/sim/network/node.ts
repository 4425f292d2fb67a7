import type { PacketProtocol, PacketRules, Protocol } from '../kernel/network.js';
import { type AddressRange, contains } from './addresses.js';
import type { Fabric } from './fabric.js';
import type { SimNamespace } from './namespace.js';

/** One address behind a service. */
export interface Backend {
  readonly address: string;
  readonly port: number;
}

/** The first packet of a connection as a node's kernel sees it. */
export interface Packet {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Whose it is, as far as this node can see. */
  readonly source: string;
  /** Whether the node itself sends it. */
  readonly own: boolean;
}

/** Where a service's packets go; with affinity, who came before keeps the backend for so long. */
export interface Forwarding {
  readonly backends: readonly Backend[];
  readonly affinity?: { readonly name: string; readonly seconds: number };
  /** The backend is to see the node instead of the client. */
  readonly masquerade: boolean;
}

/** What a node does with a service's packet: `reject` answers that nobody is there, `drop` says nothing. */
export type ServiceVerdict = Forwarding | 'reject' | 'drop';

/** The rules kube-proxy keeps in a node's kernel; they stay when it stops. */
export interface ServiceRules {
  /** Undefined when no service has the address and port, and for a node's own address no node port. */
  lookup(packet: Packet): ServiceVerdict | undefined;
  /** Whether the rules make an address one of the node's own, so that it answers pings (ipvs). */
  answersFor(address: string): boolean;
  /** The rules as the tools show them. */
  readonly shown: PacketRules;
}

/** The rules a network plugin keeps on a node for the pods that run there; they stay when it stops. */
export interface PolicyRules {
  /** Whether packets of this connection pass; `pod` is the address of the pod on this node. */
  allows(direction: 'ingress' | 'egress', pod: string, remote: string, port: number, protocol: PacketProtocol): boolean;
}

/** A container's port that the host hands on (the portmap plugin). */
export interface HostPort {
  /** Where it is open; undefined: on every address of the host. */
  readonly hostAddress: string | undefined;
  readonly hostPort: number;
  readonly protocol: Protocol;
  readonly backend: Backend;
}

/** A host as the network sees it: what its kernel was told about services and policies. */
export class NetworkNode {
  readonly fabric: Fabric;
  readonly name: string;
  /** False while the machine is off: nobody reaches it or its pods. */
  up = true;
  services: ServiceRules | undefined;
  policies: PolicyRules | undefined;
  /** Where this host's pods get their addresses from, by family. */
  podRanges: readonly AddressRange[] = [];
  /** Whose interfaces and routes this host's pods have; undefined while no plugin made any. */
  plugin: 'calico' | 'flannel' | undefined;
  /** Addresses that this host answers for in its neighbours' network though they are not its own (load balancers'). */
  readonly announced = new Set<string>();
  /** The pods on it that have a network of their own. */
  readonly pods = new Set<SimNamespace>();
  private readonly hostPorts = new Map<string, readonly HostPort[]>();
  /** Who was sent where: the kernel's memory of clients, which outlives the rules' writer. */
  private readonly affinities = new Map<string, { backend: Backend; until: number }>();
  private own: SimNamespace | undefined;
  private interfaces = 4;

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

  /** The number of an interface that is made now. */
  nextIndex(): number {
    this.interfaces += 1;
    return this.interfaces;
  }

  /** Whether an address lies among this host's pods. */
  hasPodAddress(address: string): boolean {
    return this.podRanges.some((range) => contains(range, address));
  }

  /** Opens the ports of a pod's sandbox on this host, or closes them. */
  setHostPorts(sandbox: string, ports: readonly HostPort[]): void {
    if (ports.length > 0) this.hostPorts.set(sandbox, ports);
    else this.hostPorts.delete(sandbox);
  }

  /** All ports that are handed on to containers. */
  openHostPorts(): HostPort[] {
    return [...this.hostPorts.values()].flat();
  }

  /** The container behind a port of this host; undefined when there is none. */
  hostPort({ address, port, protocol }: Packet, isOwn: boolean): HostPort | undefined {
    if (this.hostPorts.size === 0) return undefined;
    return this.openHostPorts().find(
      (open) =>
        open.hostPort === port &&
        open.protocol === protocol &&
        (open.hostAddress === undefined ? isOwn : open.hostAddress === address),
    );
  }

  /** One of the backends: who came before is sent where he was, while that is still there. */
  choose(source: string, { backends, affinity }: Forwarding): Backend {
    const { host } = this.fabric;
    const key = affinity && `${affinity.name} ${source}`;
    const kept = key === undefined ? undefined : this.affinities.get(key);
    const same =
      kept && kept.until > host.now()
        ? backends.find(({ address, port }) => address === kept.backend.address && port === kept.backend.port)
        : undefined;
    const backend = same ?? host.random.pick(backends);
    if (affinity) this.affinities.set(key as string, { backend, until: host.now() + affinity.seconds * 1_000_000 });
    return backend;
  }
}
