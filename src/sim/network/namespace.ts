import { ListenerSocket, openConversation } from '../kernel/conversation.js';
import { Errno } from '../kernel/errno.js';
import type {
  Connection,
  Echo,
  Link,
  Listener,
  ListenSpec,
  NetworkNamespace,
  PacketRules,
  Protocol,
  Route,
  Target,
} from '../kernel/network.js';
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { canonicalAddress, isIpv6, parseAddress, parseAddress6 } from './addresses.js';
import type { Fabric } from './fabric.js';
import { echoTo } from './look/echo.js';
import { linksOf } from './look/links.js';
import { packetRulesOf } from './look/packet-rules.js';
import { routesOf } from './look/routes.js';
import type { NetworkNode } from './node.js';
import { follow, type Outcome } from './path.js';

const ANY = '0.0.0.0';
const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';
/** Linux sends a lost SYN again after 1 s, then doubles the pause. */
const FIRST_RETRY: Micros = SECOND;
/** Neighbours that answer none of three questions for their address are not there. */
const NEIGHBOUR_SPAN: Micros = 3 * SECOND;
const EPHEMERAL_PORT_FIRST = 32_768;
const EPHEMERAL_PORTS = 28_232;

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === LOOPBACK_6;
}

/** A network namespace: its addresses, its listening sockets, and the way out. */
export class SimNamespace implements NetworkNamespace {
  readonly node: NetworkNode;
  /** `namespace/name` of the pod, or undefined for a host's own namespace. */
  readonly pod: string | undefined;
  readonly fabric: Fabric;
  private readonly own: readonly string[];
  private readonly sockets = new Map<string, ListenerSocket>();
  private nextPort = 0;
  /** The number of the host's end of a pod's pair of interfaces. */
  readonly index: number;

  constructor(fabric: Fabric, node: NetworkNode, addresses: readonly string[], pod: string | undefined) {
    this.fabric = fabric;
    this.node = node;
    this.own = addresses;
    this.pod = pod;
    this.index = pod === undefined ? 2 : node.nextIndex();
  }

  addresses(): readonly string[] {
    return this.own;
  }

  listeners(): readonly Listener[] {
    return [...this.sockets.values()];
  }

  listen(spec: ListenSpec): Listener {
    const address = spec.address === undefined || spec.address === '::' || spec.address === '' ? ANY : spec.address;
    if (address !== ANY && !isLoopback(address) && !this.own.includes(address)) throw new Errno('EADDRNOTAVAIL');
    const protocol = spec.protocol ?? 'tcp';
    const taken = [...this.sockets.values()].some(
      ({ spec: other }) =>
        other.port === spec.port &&
        (other.protocol ?? 'tcp') === protocol &&
        (address === ANY || other.address === ANY || other.address === address),
    );
    if (taken) throw new Errno('EADDRINUSE');
    const key = `${protocol} ${address} ${spec.port}`;
    const socket = new ListenerSocket({ ...spec, address }, () => this.sockets.delete(key));
    this.sockets.set(key, socket);
    return socket;
  }

  *connect(target: Target, timeout: Micros): Waiting<Connection> {
    const { host } = this.fabric;
    const until = host.now() + timeout;
    const unheard = host.now() + NEIGHBOUR_SPAN;
    let pause = FIRST_RETRY;
    for (;;) {
      const outcome = this.attempt(target);
      switch (outcome.kind) {
        case 'reached':
          return this.open(target, outcome);
        case 'refused':
          throw new Errno('ECONNREFUSED');
        case 'no-network':
          throw new Errno('ENETUNREACH');
        case 'no-host':
        case 'dropped': {
          // Nobody answers: neighbours of the same network are given up after three seconds, everybody else by time-out.
          const end = outcome.kind === 'no-host' ? Math.min(until, unheard) : until;
          if (host.now() + pause >= end) {
            yield { until: end };
            throw new Errno(outcome.kind === 'no-host' && end < until ? 'EHOSTUNREACH' : 'ETIMEDOUT');
          }
          yield { until: host.now() + pause };
          pause *= 2;
        }
      }
    }
  }

  /** The socket that takes connections to an address of this namespace. */
  socketFor(address: string, port: number, protocol: Protocol): ListenerSocket | undefined {
    return this.sockets.get(`${protocol} ${address} ${port}`) ?? this.sockets.get(`${protocol} ${ANY} ${port}`);
  }

  private open(target: Target, { listener, address, port, source }: Extract<Outcome, { kind: 'reached' }>): Connection {
    this.nextPort = (this.nextPort + 1) % EPHEMERAL_PORTS;
    const client = { address: source, port: EPHEMERAL_PORT_FIRST + this.nextPort };
    return openConversation(listener, client, { address, port }, target.name ?? target.address, this.fabric.host);
  }

  private attempt({ address, port, protocol = 'tcp' }: Target): Outcome {
    if (parseAddress(address) === undefined && parseAddress6(address) === undefined) return { kind: 'no-network' };
    return follow(this, canonicalAddress(address), port, protocol);
  }

  /** The address from which this namespace speaks to another one. */
  sourceFor(address: string): string {
    if (address === LOOPBACK_6) return LOOPBACK_6;
    return address.startsWith('127.') ? LOOPBACK : this.ownAddress(address);
  }

  /** Its own address of the family of another one. */
  ownAddress(address: string): string {
    const six = isIpv6(address);
    return this.own.find((own) => isIpv6(own) === six) ?? (six ? LOOPBACK_6 : LOOPBACK);
  }

  echo(address: string): Echo {
    return echoTo(this, canonicalAddress(address));
  }

  links(): readonly Link[] {
    return linksOf(this);
  }

  routes(family: 4 | 6): readonly Route[] {
    return routesOf(this, family);
  }

  packetRules(): PacketRules | undefined {
    return this.pod === undefined ? packetRulesOf(this.node) : undefined;
  }
}
