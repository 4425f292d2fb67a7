import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Service } from '../../api/types/service.js';
import type { PacketRules, Protocol } from '../../kernel/network.js';
import { type AddressRange, contains, isIpv6 } from '../addresses.js';
import type { Backend, Packet, ServiceRules, ServiceVerdict } from '../node.js';
import { shownRules } from '../packets/shown-rules.js';
import { type PortRule, portRules } from './port-rule.js';

export type ProxyMode = 'iptables' | 'ipvs' | 'nftables';

/** What kube-proxy was told, as far as its rules depend on it. */
export interface TableOptions {
  readonly nodeName: string;
  readonly mode: ProxyMode;
  /** The node's own addresses, those it shows to others first. */
  readonly addresses: readonly string[];
  /** Whose traffic counts as pods'; none: nobody is told apart. */
  readonly clusterRanges: readonly { readonly text: string; readonly range: AddressRange }[];
  readonly masqueradeAll: boolean;
  /** On which of the node's addresses node ports are open; none: on all. */
  readonly nodePortRanges: readonly AddressRange[];
  readonly localhostNodePorts: boolean;
  /** How ipvs chooses. */
  readonly scheduler: string;
}

/** By which of its addresses a service's port was reached. */
type Way = 'cluster' | 'external' | 'balancer' | 'node-port';

/**
 * The rules kube-proxy derives from services and their slices for one node. A service's rules are replaced as a whole
 * when it or one of its slices changed; a lookup costs the same however many there are.
 */
export class ServiceTable implements ServiceRules {
  readonly options: TableOptions;
  readonly shown: PacketRules;
  private zone = '';
  /** By address, then by port and protocol. */
  private readonly byAddress = new Map<string, Map<number, { readonly rule: PortRule; readonly way: Way }>>();
  private readonly byNodePort = new Map<string, PortRule>();
  private readonly rulesOf = new Map<string, readonly PortRule[]>();

  constructor(options: TableOptions) {
    this.options = options;
    this.shown = shownRules(this);
  }

  /** Where kube-proxy's rules send a packet; undefined where no Service has its address and port. */
  lookup(packet: Packet): ServiceVerdict | undefined {
    const { address, port, protocol } = packet;
    const ports = this.byAddress.get(address);
    const found = ports?.get(portKey(port, protocol));
    if (found) return this.verdict(found.rule, found.way, packet);
    if (this.takesNodePorts(address)) {
      const rule = this.byNodePort.get(`${isIpv6(address) ? 'IPv6' : 'IPv4'} ${port} ${protocol}`);
      if (rule) return this.verdict(rule, 'node-port', packet);
    }
    // nftables and ipvs refuse what a service's address has no port for; iptables lets it go out and get lost.
    if (this.options.mode !== 'iptables' && ports) return 'reject';
    return undefined;
  }

  /** Whether the node itself has an address: ipvs binds those of Services to kube-ipvs0, the other modes to nothing. */
  answersFor(address: string): boolean {
    return this.options.mode === 'ipvs' && this.byAddress.has(address);
  }

  /** Every port's rule, in the order of the services' names. */
  rules(): PortRule[] {
    return [...this.rulesOf].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, rules]) => rules);
  }

  /** Tells where the node stands (topology.kubernetes.io/zone); true when rules must be made anew. */
  setZone(zone: string): boolean {
    const changed = zone !== this.zone;
    this.zone = zone;
    return changed;
  }

  /** Takes in a service with its slices; `undefined` for one that is gone. */
  set(key: string, service: Service | undefined, slices: readonly EndpointSlice[]): void {
    this.remove(key);
    if (!service) return;
    const rules = portRules(service, slices, { nodeName: this.options.nodeName, zone: this.zone });
    if (rules.length === 0) return;
    this.rulesOf.set(key, rules);
    for (const rule of rules) this.add(rule);
  }

  /** Whether a node's address has node ports. */
  takesNodePorts(address: string): boolean {
    const { addresses, mode, localhostNodePorts, nodePortRanges } = this.options;
    const loopback = address.startsWith('127.');
    if (loopback ? mode !== 'iptables' || !localhostNodePorts : !addresses.includes(address)) return false;
    return nodePortRanges.length === 0 || nodePortRanges.some((range) => contains(range, address));
  }

  private verdict(rule: PortRule, way: Way, packet: Packet): ServiceVerdict {
    if (!rule.hasEndpoints) return 'reject';
    const fromPod = this.isPod(packet.source);
    if (way === 'cluster') {
      const backends = rule.internalLocal ? rule.local : rule.cluster;
      const strange = this.options.clusterRanges.length > 0 && !fromPod;
      return this.forward(rule, backends, this.options.masqueradeAll || strange);
    }
    if (way === 'balancer' && rule.sourceRanges.length > 0) {
      if (!rule.sourceRanges.some(({ range }) => contains(range, packet.source))) return 'drop';
    }
    if (!rule.externalLocal) return this.forward(rule, rule.cluster, true);
    // Pods and the node itself are not asked to go out and come in again: they reach every endpoint.
    if (fromPod) return this.forward(rule, rule.cluster, false);
    return packet.own ? this.forward(rule, rule.cluster, true) : this.forward(rule, rule.local, false);
  }

  private forward(rule: PortRule, backends: readonly Backend[], masquerade: boolean): ServiceVerdict {
    if (backends.length === 0) return this.options.mode === 'ipvs' ? 'reject' : 'drop';
    if (rule.affinitySeconds === undefined) return { backends, masquerade };
    const affinity = { name: `${rule.name} ${rule.protocol} ${rule.family}`, seconds: rule.affinitySeconds };
    return { backends, masquerade, affinity };
  }

  private isPod(source: string): boolean {
    return this.options.clusterRanges.some(({ range }) => contains(range, source));
  }

  private add(rule: PortRule): void {
    const enter = (address: string, way: Way): void => {
      const ports = this.byAddress.get(address) ?? new Map();
      this.byAddress.set(address, ports.set(portKey(rule.port, rule.protocol), { rule, way }));
    };
    enter(rule.clusterAddress, 'cluster');
    for (const address of rule.externalAddresses) enter(address, 'external');
    for (const address of rule.balancerAddresses) enter(address, 'balancer');
    if (rule.nodePort) this.byNodePort.set(`${rule.family} ${rule.nodePort} ${rule.protocol}`, rule);
  }

  private remove(key: string): void {
    for (const rule of this.rulesOf.get(key) ?? []) {
      for (const address of [rule.clusterAddress, ...rule.externalAddresses, ...rule.balancerAddresses]) {
        const ports = this.byAddress.get(address);
        const key = portKey(rule.port, rule.protocol);
        if (ports?.get(key)?.rule === rule) ports.delete(key);
        if (ports?.size === 0) this.byAddress.delete(address);
      }
      const nodePort = `${rule.family} ${rule.nodePort} ${rule.protocol}`;
      if (this.byNodePort.get(nodePort) === rule) this.byNodePort.delete(nodePort);
    }
    this.rulesOf.delete(key);
  }
}

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'sctp'];

/** A port and its protocol as one number. */
function portKey(port: number, protocol: Protocol): number {
  return port * PROTOCOLS.length + PROTOCOLS.indexOf(protocol);
}
