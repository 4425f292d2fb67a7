import type { Bytes } from './bytes.js';
import type { Channel } from './channel.js';
import type { Waiting } from './wait.js';

/**
 * What listens and what connects on the simulated network. A conversation is either a *request* (HTTP, DNS, etcd: one
 * message there, one back, the answer possibly a stream) or a *stream* of messages both ways (ssh, raw TCP).
 */
export type Protocol = 'tcp' | 'udp' | 'sctp';

/** What policies and echoes know beside it. */
export type PacketProtocol = Protocol | 'icmp';

export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

export interface Target extends SocketAddress {
  readonly protocol?: Protocol;
  /** Name the client asked for, for TLS server names and HTTP hosts. */
  readonly name?: string;
}

/** An HTTP request on the simulated network. Header names are lower-case; `target` is path and query. */
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  /** A body that was never turned into bytes: a Kubernetes object from a client in the same machine. Treat as immutable. */
  readonly object?: unknown;
  /** For upgrades (exec, attach, port-forward): frames from the client. */
  readonly upgrade?: Channel<Frame>;
}

/** One frame of an upgraded connection: a stream's number (0 stdin, 1 stdout, 2 stderr, 3 error, 4 resize) and its bytes. */
export interface Frame {
  readonly stream: number;
  readonly bytes: Bytes;
  /** The sender closes this stream. */
  readonly end?: boolean;
  /** Inside the machine only, on the first frame from a process with a terminal: who knows whether more is to be typed. */
  readonly terminal?: { readonly wantsInput: boolean };
}

/** A streamed answer. Watches carry objects, logs and downloads carry bytes. `cancel` tells the server that nobody listens. */
export interface HttpStream {
  readonly items: Channel<Bytes | { readonly object: unknown }>;
  cancel(): void;
}

export interface HttpResponse {
  readonly status: number;
  /** The words behind the status, where a server has words of its own. */
  readonly reason?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  /** Instead of bytes: an object for a client in the same machine that asked for one (`accept: application/vnd.kubedrill.object`). */
  readonly object?: unknown;
  readonly stream?: HttpStream;
  /** Frames from the server after status 101. */
  readonly upgrade?: Channel<Frame>;
}

/** The types of records that are asked for by name; each in the words of its presentation format. */
export type DnsType =
  | 'A'
  | 'AAAA'
  | 'ANY'
  | 'CAA'
  | 'CNAME'
  | 'HINFO'
  | 'HTTPS'
  | 'MX'
  | 'NAPTR'
  | 'NS'
  | 'PTR'
  | 'SOA'
  | 'SRV'
  | 'TXT';

export interface DnsQuestion {
  /** With its final dot. */
  readonly name: string;
  readonly type: DnsType;
  /** Left out: IN. */
  readonly class?: 'CH' | 'HS' | 'ANY';
  /** The longest answer the asker takes by UDP (EDNS); undefined: it speaks no EDNS, and takes 512 bytes. */
  readonly udpSize?: number;
  /** Whether it brings a cookie, which the server sends back. */
  readonly cookie?: boolean;
  /** How many servers have handed it on; a packet that goes round is lost in the end. */
  readonly hops?: number;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: DnsType;
  readonly ttl: number;
  readonly data: string;
}

export interface DnsAnswer {
  readonly code: 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';
  readonly authoritative: boolean;
  readonly records: readonly DnsRecord[];
  readonly authority?: readonly DnsRecord[];
  readonly additional?: readonly DnsRecord[];
  /** More than fits into the packet: to be asked for by TCP. */
  readonly truncated?: boolean;
  /** Whether the server looks up for others what it does not know itself. */
  readonly recursive?: boolean;
}

/** What a server presents in a TLS handshake, and whose client certificates it accepts. All PEM. */
export interface ServerTls {
  /** `serverName`: whom the client asks for (SNI); undefined when it asks for an address. */
  certificate(serverName?: string): string;
  key(serverName?: string): string;
  clientAuthorities?(): string;
  /** Refuse clients without a certificate in the handshake itself (etcd's --client-cert-auth). */
  clientRequired?: boolean;
  /** Authorities whose certificates it asks clients for and refuses nobody by in the handshake. */
  askedAuthorities?(): string;
  /** The oldest protocol it takes; left out: TLS 1.2. */
  readonly oldest?: 'TLSv1.3' | undefined;
  /** Whose TLS it is, which shows in what the two agree on; left out: Go's. */
  readonly library?: 'openssl';
}

/** What a client brings to a TLS handshake. All PEM. */
export interface ClientTls {
  readonly authorities?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly serverName?: string | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  /** The newest protocol it speaks; left out: TLS 1.3. */
  readonly newest?: 'TLSv1.2' | undefined;
}

/** Who is at the other end of a request, as the server sees it. */
export interface Peer {
  readonly address: SocketAddress;
  /** PEM of the client's certificate when the handshake accepted one. */
  readonly certificate?: string | undefined;
  /** The name the client told in the handshake (SNI). */
  readonly serverName?: string | undefined;
}

/** Serves one message. Runs in the caller's turn; what it waits for, the caller waits for. */
export type RequestHandler = (message: Message, peer: Peer) => Waiting<Message>;

/** What travels in a request conversation; the listener's `application` says which it speaks. */
export type Message =
  | ({ readonly kind: 'http' } & HttpRequest)
  | ({ readonly kind: 'http-response' } & HttpResponse)
  | { readonly kind: 'dns'; readonly question: DnsQuestion }
  | ({ readonly kind: 'dns-answer' } & DnsAnswer)
  | { readonly kind: 'etcd'; readonly operation: string; readonly payload: unknown }
  | { readonly kind: 'etcd-response'; readonly error?: string; readonly payload?: unknown }
  | { readonly kind: 'local'; readonly operation: string; readonly payload: unknown }
  | { readonly kind: 'local-response'; readonly error?: string; readonly payload?: unknown }
  | { readonly kind: 'raw'; readonly bytes: Bytes };

/** How a listener speaks; a client that speaks otherwise is answered as the real server would (see `network/`). */
export type Application = 'http' | 'dns' | 'etcd' | 'ssh' | 'local' | 'raw';

export interface ListenSpec {
  /** `0.0.0.0` (all, the default), `127.0.0.1`, or one of the namespace's own addresses. */
  readonly address?: string;
  readonly port: number;
  readonly protocol?: Protocol;
  readonly application: Application;
  readonly tls?: ServerTls;
  /** For requests. Without it the listener is a stream: `accept` gives each connection. */
  readonly handler?: RequestHandler;
}

/** What a server holds while it listens; closing it, or its process's end, frees the port. */
export interface Listener {
  readonly spec: ListenSpec;
  /** Waits for the next stream connection. */
  accept(): Waiting<Connection>;
  close(): void;
}

/** One end of a conversation. */
export interface Connection {
  readonly local: SocketAddress;
  readonly peer: SocketAddress;
  readonly application: Application;
  /** Whether the other side asked for or offers TLS; the certificate is the server's PEM chain. */
  readonly serverTls: ServerTls | undefined;
  /**
   * Makes the TLS handshake. Throws `TlsError` in Go's x509 words when the certificate does not fit.
   */
  startTls(tls: ClientTls): Waiting<void>;
  /** One request and its answer. Throws ECONNRESET when the server dies meanwhile. */
  request(message: Message): Waiting<Message>;
  /** Streams: messages to and from the other side. */
  readonly incoming: Channel<unknown>;
  send(message: unknown): void;
  close(): void;
}

/** A failed TLS handshake, in the words Go's crypto/tls and crypto/x509 use. */
export class TlsError extends Error {}

/** A network interface. */
export interface Link {
  readonly index: number;
  readonly name: string;
  /** What `ip` shows behind the name: `if7` for the other end of a pair, `NONE` for a tunnel. */
  readonly peer?: string;
  readonly kind: 'bridge' | 'ether' | 'ipip' | 'loopback' | 'veth' | 'vxlan';
  readonly mtu: number;
  /** The bridge it belongs to. */
  readonly master?: string;
  readonly hardware: string;
  /** With prefix lengths. */
  readonly addresses: readonly string[];
}

/** A line of a routing table. */
export interface Route {
  /** `default`, an address or a range. */
  readonly to: string;
  readonly via?: string;
  /** None for a blackhole. */
  readonly device?: string;
  readonly protocol?: string;
  readonly scope?: 'link';
  readonly source?: string;
  readonly onlink?: boolean;
}

/** A chain of packet rules; `policy` only for those the kernel has by itself. Rules are as after `-A CHAIN`. */
export interface FilterChain {
  readonly name: string;
  readonly policy?: string;
  readonly rules: readonly string[];
}

export interface FilterTable {
  readonly name: 'filter' | 'mangle' | 'nat' | 'raw';
  readonly chains: readonly FilterChain[];
}

/** A virtual server of ipvs. */
export interface VirtualServer {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly scheduler: string;
  readonly persistentSeconds: number | undefined;
  readonly servers: readonly SocketAddress[];
}

/** What a kernel was told about packets, as iptables, nft and ipvsadm print it. Made when it is asked for. */
export interface PacketRules {
  tables(family: 4 | 6): readonly FilterTable[];
  /** Tables of nftables that are not iptables', in its own language. */
  nftables(): string;
  virtualServers(): readonly VirtualServer[];
}

/** What becomes of an echo request: who answers it, or how it fails. */
export interface Echo {
  readonly outcome: 'answered' | 'lost' | 'no-host' | 'no-network';
  /** The routers on the way, and at the end who answered. */
  readonly hops: readonly string[];
}

/**
 * One network namespace: a host's or a pod's. Implemented in `network/`, which decides who reaches whom (services,
 * policies, routes).
 */
export interface NetworkNamespace {
  /** Its own addresses, loopback not included. */
  addresses(): readonly string[];
  /**
   * Finds who listens at the target and opens a conversation. Waits as long as packets would be lost or the handshake
   * takes. Throws ECONNREFUSED (nobody listens), ETIMEDOUT (dropped; after `timeout` micros), EHOSTUNREACH, ENETUNREACH.
   */
  connect(target: Target, timeout: number): Waiting<Connection>;
  /** Throws EADDRINUSE, EADDRNOTAVAIL. */
  listen(spec: ListenSpec): Listener;
  /** What listens here, for ss and netstat. */
  listeners(): readonly Listener[];
  /** Where an echo request to an address gets. */
  echo(address: string): Echo;
  links(): readonly Link[];
  /** The routing table of a family. */
  routes(family: 4 | 6): readonly Route[];
  /** Undefined where nobody made any rules. */
  packetRules(): PacketRules | undefined;
}
