import type { ListenerSocket } from '../kernel/conversation.js';
import type { PacketProtocol, Protocol } from '../kernel/network.js';
import { contains, isIpv6, parseRange } from './addresses.js';
import type { SimNamespace } from './namespace.js';
import type { NetworkNode, Packet } from './node.js';

/** Hosts see each other directly inside this prefix of their addresses. */
const NEIGHBOURS = { 4: 24, 6: 64 } as const;
/** A packet that is handed on more often than this goes round in a circle. */
const HOPS_MAX = 8;

/** Where one attempt to connect led, and as whom the client arrives there. */
export type Outcome =
  | {
      readonly kind: 'reached';
      readonly listener: ListenerSocket;
      readonly address: string;
      readonly port: number;
      readonly source: string;
    }
  | { readonly kind: 'refused' | 'dropped' | 'no-host' | 'no-network' };

/** What is asked of the way: the packet, and who it started from. */
interface Way {
  readonly from: SimNamespace;
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly source: string;
  readonly hops: number;
}

/**
 * Follows the first packet of a connection: through the rules of its own host, over the wire, through the rules of the
 * host it comes to, to who listens there.
 */
export function follow(from: SimNamespace, address: string, port: number, protocol: Protocol): Outcome {
  const family = isIpv6(address) ? 6 : 4;
  const source = from.sourceFor(address);
  if (isLoopback(address)) return toLoopback({ from, address, port, protocol, source, hops: 0 });
  if (!from.node.up || !from.addresses().some((own) => isIpv6(own) === (family === 6))) return { kind: 'no-network' };
  return throughHost(from.node, { from, address, port, protocol, source, hops: 0 }, from.pod === undefined);
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === '0.0.0.0' || address === '::';
}

/** A host's own loopback has its node ports too, where rules say so. */
function toLoopback(way: Way): Outcome {
  const { from, port, protocol } = way;
  const address = isIpv6(way.address) ? '::1' : way.address === '0.0.0.0' ? '127.0.0.1' : way.address;
  const packet: Packet = { address, port, protocol, source: address, own: true };
  if (from.pod === undefined) {
    const handedOn = applyRules(from.node, packet, way);
    if (handedOn) return handedOn;
  }
  return deliver(from, { ...way, address, source: address });
}

/** A packet in a host's kernel: services come before routes, and container ports of the host as well. */
function throughHost(node: NetworkNode, way: Way, own: boolean): Outcome {
  const { address, port, protocol, source } = way;
  if (way.hops > HOPS_MAX) return { kind: 'dropped' };
  const packet: Packet = { address, port, protocol, source, own };
  const handedOn = applyRules(node, packet, way);
  if (handedOn) return handedOn;
  return onWire(node, way, undefined);
}

function applyRules(node: NetworkNode, packet: Packet, way: Way): Outcome | undefined {
  const verdict = node.services?.lookup(packet);
  // A plugin's chains stand before kube-proxy's REJECT (Calico's at the head of FORWARD), and see the service's own address.
  if (verdict === 'reject') return { kind: letOut(node, way, way.address) ? 'refused' : 'dropped' };
  if (verdict === 'drop') return { kind: 'dropped' };
  if (verdict) {
    const backend = node.choose(packet.source, verdict);
    const hairpin = backend.address === packet.source;
    const source = verdict.masquerade || hairpin ? node.namespace.sourceFor(backend.address) : way.source;
    return onWire(node, { ...way, ...backend, source }, verdict.masquerade);
  }
  const isOwn = isLoopback(packet.address) || node.namespace.addresses().includes(packet.address);
  const open = node.hostPort(packet, isOwn);
  if (!open) return undefined;
  const local = packet.own || open.backend.address === packet.source;
  const source = local ? node.namespace.sourceFor(open.backend.address) : way.source;
  return onWire(node, { ...way, ...open.backend, source }, local);
}

/** From a host's kernel to whoever has the address now. */
function onWire(node: NetworkNode, way: Way, translated: boolean | undefined): Outcome {
  const { from, address } = way;
  const { fabric } = node;
  if (!letOut(node, way, address)) return { kind: 'dropped' };
  const receiver = fabric.find(address);
  if (!receiver) return toNobody(node, way);
  if (receiver === from && translated === undefined) return deliver(receiver, way);
  if (!receiver.node.up) return { kind: receiver.pod === undefined ? 'no-host' : 'dropped' };
  const outgoing = { ...way, source: masqueradedSource(node, way), hops: way.hops + 1 };
  if (receiver.pod !== undefined) return toPod(receiver, outgoing);
  if (receiver.node !== node) return arriveAt(receiver.node, outgoing);
  return deliver(receiver, outgoing);
}

/** The host a pod is on asks its policies about packets that leave it, after services were translated. */
function letOut(node: NetworkNode, { from, port, protocol }: Way, address: string): boolean {
  if (from.pod === undefined || node !== from.node || from.addresses().includes(address)) return true;
  return node.policies?.allows('egress', from.ownAddress(address), address, port, protocol) !== false;
}

/** What leaves the pods' network is seen as its host. */
function masqueradedSource(node: NetworkNode, { from, address, source }: Way): string {
  const isPodSource = from.pod !== undefined && from.addresses().includes(source);
  if (!isPodSource || node.fabric.isPodAddress(address) || node.namespace.addresses().includes(address)) return source;
  return node.namespace.sourceFor(address);
}

function arriveAt(node: NetworkNode, way: Way): Outcome {
  const packet: Packet = { ...way, own: false };
  return applyRules(node, packet, way) ?? deliver(node.namespace, way);
}

function toPod(receiver: SimNamespace, way: Way): Outcome {
  const { address, port, protocol, source } = way;
  // The node a pod runs on always reaches it: kubelet's probes come from there.
  const fromOwnNode = receiver.node.namespace.addresses().includes(source);
  if (!fromOwnNode && receiver !== way.from) {
    if (receiver.node.policies?.allows('ingress', address, source, port, protocol) === false)
      return { kind: 'dropped' };
  }
  return deliver(receiver, way);
}

/** An address that is nobody's own: a load balancer's that some host answers for, or one that neighbours miss. */
function toNobody(node: NetworkNode, way: Way): Outcome {
  const announcer = node.fabric.announcerOf(way.address);
  if (announcer && way.hops <= HOPS_MAX) {
    const outgoing = { ...way, source: masqueradedSource(node, way), hops: way.hops + 1 };
    const packet: Packet = { ...outgoing, own: announcer === node && way.from.pod === undefined };
    return applyRules(announcer, packet, outgoing) ?? { kind: 'dropped' };
  }
  return { kind: isNeighbour(way.from, way.address) ? 'no-host' : 'dropped' };
}

function deliver(receiver: SimNamespace, { address, port, protocol, source }: Way): Outcome {
  const listener = receiver.socketFor(address, port, protocol);
  return listener ? { kind: 'reached', listener, address, port, source } : { kind: 'refused' };
}

/** On the hosts' own network, or among a known host's pods, an address that nobody has is noticed by its neighbours. */
export function isNeighbour(from: SimNamespace, address: string): boolean {
  if (from.node.hasPodAddress(address)) return true;
  if (from.pod !== undefined) return false;
  const family = isIpv6(address) ? 6 : 4;
  return from.addresses().some((own) => {
    const range = parseRange(`${own}/${NEIGHBOURS[family]}`);
    return range !== undefined && contains(range, address);
  });
}

/** Whether policies let a packet of a protocol without ports pass between two namespaces. */
export function echoPasses(from: SimNamespace, to: SimNamespace, address: string): boolean {
  const protocol: PacketProtocol = 'icmp';
  if (from === to) return true;
  if (from.pod !== undefined) {
    if (from.node.policies?.allows('egress', from.ownAddress(address), address, 0, protocol) === false) return false;
  }
  if (to.pod === undefined) return true;
  if (from.pod === undefined && from.node === to.node) return true;
  return to.node.policies?.allows('ingress', address, from.sourceFor(address), 0, protocol) !== false;
}
