import { ListenerSocket, openConversation } from '../kernel/conversation.js';
import { Errno } from '../kernel/errno.js';
import type { Connection, Listener, ListenSpec, NetworkNamespace, Protocol, Target } from '../kernel/network.js';
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { parseAddress } from './addresses.js';
import type { Fabric } from './fabric.js';
import type { Backend, NetworkNode, ServiceVerdict } from './node.js';

const ANY = '0.0.0.0';
const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';
/** Linux sends a lost SYN again after 1 s, then doubles the pause. */
const FIRST_RETRY: Micros = SECOND;
const EPHEMERAL_PORT_FIRST = 32_768;
const EPHEMERAL_PORTS = 28_232;

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === LOOPBACK_6;
}

/** Where one attempt to connect led. */
type Outcome =
  | { readonly kind: 'reached'; readonly listener: ListenerSocket; readonly address: string; readonly port: number }
  | { readonly kind: 'refused' | 'dropped' | 'no-host' | 'no-network' };

/** A network namespace: its addresses, its listening sockets, and the way out. */
export class SimNamespace implements NetworkNamespace {
  readonly node: NetworkNode;
  /** `namespace/name` of the pod, or undefined for a host's own namespace. */
  readonly pod: string | undefined;
  private readonly fabric: Fabric;
  private readonly own: readonly string[];
  private readonly sockets = new Map<string, ListenerSocket>();
  private readonly affinities = new Map<string, { backend: Backend; until: Micros }>();
  private nextPort = 0;

  constructor(fabric: Fabric, node: NetworkNode, addresses: readonly string[], pod: string | undefined) {
    this.fabric = fabric;
    this.node = node;
    this.own = addresses;
    this.pod = pod;
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
          const end = outcome.kind === 'no-host' ? Math.min(until, host.now() + 3 * SECOND) : until;
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

  private open(target: Target, { listener, address, port }: Extract<Outcome, { kind: 'reached' }>): Connection {
    this.nextPort = (this.nextPort + 1) % EPHEMERAL_PORTS;
    const client = { address: this.sourceFor(address), port: EPHEMERAL_PORT_FIRST + this.nextPort };
    return openConversation(listener, client, { address, port }, target.name ?? target.address, this.fabric.host);
  }

  private attempt(target: Target): Outcome {
    const protocol = target.protocol ?? 'tcp';
    if (target.address === LOOPBACK_6) return this.toLocal(LOOPBACK_6, target.port, protocol);
    if (parseAddress(target.address) === undefined) return { kind: 'no-network' };
    if (target.address === ANY || target.address.startsWith('127.'))
      return this.toLocal(LOOPBACK, target.port, protocol);
    if (!this.node.up) return { kind: 'no-network' };
    const verdict = this.serviceVerdict(target, protocol);
    if (verdict === 'reject') return { kind: 'refused' };
    if (verdict) {
      const backend = this.choose(target, protocol, verdict);
      return this.toAddress(backend.address, backend.port, protocol);
    }
    return this.toAddress(target.address, target.port, protocol);
  }

  /** Services come before routes: their addresses exist only in the client's node's rules. */
  private serviceVerdict(target: Target, protocol: Protocol): ServiceVerdict | undefined {
    const rules = this.node.services;
    const found = rules?.lookup(target.address, target.port, protocol, this.sourceFor(target.address));
    if (found) return found;
    const owner = this.fabric.find(target.address);
    if (!owner || owner.pod !== undefined || !owner.node.up) return undefined;
    return owner.node.services?.lookupNodePort(target.port, protocol);
  }

  private choose(target: Target, protocol: Protocol, verdict: Exclude<ServiceVerdict, 'reject'>): Backend {
    const { backends, affinitySeconds } = verdict;
    const { host } = this.fabric;
    const key = `${protocol} ${target.address} ${target.port}`;
    const kept = this.affinities.get(key);
    if (affinitySeconds !== undefined && kept && kept.until > host.now()) {
      const same = backends.find(({ address, port }) => address === kept.backend.address && port === kept.backend.port);
      if (same) return same;
    }
    const backend = host.random.pick(backends);
    if (affinitySeconds !== undefined)
      this.affinities.set(key, { backend, until: host.now() + affinitySeconds * SECOND });
    return backend;
  }

  private toAddress(address: string, port: number, protocol: Protocol): Outcome {
    if (this.own.includes(address)) return this.toLocal(address, port, protocol);
    const receiver = this.fabric.find(address);
    if (
      this.pod !== undefined &&
      this.node.policies?.allows('egress', this.own[0] as string, address, port, protocol) === false
    ) {
      return { kind: 'dropped' };
    }
    if (!receiver) return { kind: this.isNeighbour(address) ? 'no-host' : 'dropped' };
    if (!receiver.node.up) return { kind: receiver.pod === undefined ? 'no-host' : 'dropped' };
    // The node a pod runs on always reaches it: kubelet's probes come from there.
    const fromOwnNode = this.pod === undefined && this.node === receiver.node;
    if (receiver.pod !== undefined && !fromOwnNode) {
      const source = this.sourceFor(address);
      if (receiver.node.policies?.allows('ingress', address, source, port, protocol) === false)
        return { kind: 'dropped' };
    }
    const listener = receiver.socketFor(address, port, protocol);
    return listener ? { kind: 'reached', listener, address, port } : { kind: 'refused' };
  }

  private toLocal(address: string, port: number, protocol: Protocol): Outcome {
    const listener = this.socketFor(address, port, protocol);
    return listener ? { kind: 'reached', listener, address, port } : { kind: 'refused' };
  }

  private sourceFor(address: string): string {
    if (address === LOOPBACK_6) return LOOPBACK_6;
    return address.startsWith('127.') ? LOOPBACK : (this.own[0] ?? LOOPBACK);
  }

  /** On the hosts' own network, or among a known host's pods, an address that nobody has is noticed by its neighbours. */
  private isNeighbour(address: string): boolean {
    if (this.pod !== undefined) return this.node.hasPodAddress(address);
    const [first = ''] = this.own;
    return (
      address.split('.').slice(0, 3).join('.') === first.split('.').slice(0, 3).join('.') ||
      this.node.hasPodAddress(address)
    );
  }
}
