import { Channel } from './channel.js';
import { Errno } from './errno.js';
import type {
  Application,
  ClientTls,
  Connection,
  Listener,
  ListenSpec,
  Message,
  Peer,
  ServerTls,
  SocketAddress,
} from './network.js';
import type { Micros } from './time.js';
import type { Wait, Waiting } from './wait.js';
import { PREEMPT, WaitQueue } from './wait.js';

/**
 * Checks a handshake: that the client may trust the server's certificate, and the server the client's. Returns the
 * client certificate the server accepted. Throws `TlsError`. Implemented by `client/`, given to the kernel when built.
 */
export type Handshake = (server: ServerTls, client: ClientTls, name: string, now: Micros) => { certificate?: string };

/** A listening socket. What makes it reachable is whoever keeps it: a network namespace, or a path in a file tree. */
export class ListenerSocket implements Listener {
  readonly spec: ListenSpec;
  /** Woken when it closes, so that nobody waits for a server that is gone. */
  readonly closed = new WaitQueue();
  open = true;
  private readonly queue = new Channel<Connection>();
  private readonly onClose: () => void;

  constructor(spec: ListenSpec, onClose: () => void) {
    this.spec = spec;
    this.onClose = onClose;
  }

  *accept(): Waiting<Connection> {
    const connection = yield* this.queue.receive();
    if (connection === 'end') throw new Errno('EINVAL');
    return connection;
  }

  /** Hands the server its end of a stream. */
  deliver(connection: Connection): void {
    this.queue.send(connection);
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.onClose();
    this.queue.close();
    this.closed.wakeAll();
  }
}

/** What a conversation needs from the machine. */
export interface ConversationHost {
  now(): Micros;
  handshake: Handshake;
}

class End implements Connection {
  readonly incoming = new Channel<unknown>();
  readonly local: SocketAddress;
  readonly peer: SocketAddress;
  other: End | undefined;
  clientCertificate: string | undefined;
  private serverName: string | undefined;
  private readonly listener: ListenerSocket;
  private readonly host: ConversationHost;
  private readonly name: string;
  private secured = false;

  constructor(
    local: SocketAddress,
    peer: SocketAddress,
    listener: ListenerSocket,
    name: string,
    host: ConversationHost,
  ) {
    this.local = local;
    this.peer = peer;
    this.listener = listener;
    this.name = name;
    this.host = host;
  }

  get application(): Application {
    return this.listener.spec.application;
  }

  get serverTls(): ServerTls | undefined {
    return this.listener.spec.tls;
  }

  // It yields nothing yet: part of the contract, for a handshake may come to wait.
  *startTls(tls: ClientTls): Waiting<void> {
    const server = this.serverTls;
    if (!this.listener.open) throw new Errno('ECONNRESET');
    if (!server) throw new Errno('ENOTSUP');
    const { certificate } = this.host.handshake(server, tls, tls.serverName ?? this.name, this.host.now());
    this.clientCertificate = certificate;
    this.serverName = tls.serverName ?? this.name;
    this.secured = true;
  }

  *request(message: Message): Waiting<Message> {
    const { listener } = this;
    if (!listener.open) throw new Errno('ECONNRESET');
    const { handler } = listener.spec;
    if (!handler) throw new Errno('ECONNRESET');
    if (listener.spec.tls && !this.secured) {
      if (listener.spec.application !== 'http') throw new Errno('ECONNRESET');
      return {
        kind: 'http-response',
        status: 400,
        headers: { connection: 'close' },
        body: Buffer.from('Client sent an HTTP request to an HTTPS server.\n'),
      };
    }
    const peer: Peer = { address: this.local, certificate: this.clientCertificate, serverName: this.serverName };
    return yield* whileOpen(listener, handler(message, peer));
  }

  send(message: unknown): void {
    this.other?.incoming.send(message);
  }

  close(): void {
    this.incoming.close();
    this.other?.incoming.close();
  }
}

/** Drives a server's answer, ending it with ECONNRESET when the server goes away meanwhile. */
function* whileOpen<T>(listener: ListenerSocket, answer: Generator<Wait, T, void>): Waiting<T> {
  try {
    let step = answer.next();
    while (!step.done) {
      yield alsoWakenBy(step.value, listener.closed);
      if (!listener.open) throw new Errno('ECONNRESET');
      step = answer.next();
    }
    return step.value;
  } finally {
    answer.return(undefined as T);
  }
}

function alsoWakenBy(wait: Wait, queue: WaitQueue): Wait {
  if (wait === PREEMPT) return wait;
  if (wait instanceof WaitQueue) return { queues: [wait, queue] };
  const { queues, until, appointment } = wait;
  // Not spread: that is slow, and done for all that waits for a server.
  return { queues: queues ? [...queues, queue] : [queue], until, appointment };
}

/**
 * Opens a conversation with a listener and gives the client's end; for streams the server's end goes to `accept`.
 * `name` is what the client calls the server (for the certificate).
 */
export function openConversation(
  listener: ListenerSocket,
  client: SocketAddress,
  server: SocketAddress,
  name: string,
  host: ConversationHost,
): Connection {
  const near = new End(client, server, listener, name, host);
  if (listener.spec.handler) return near;
  const far = new End(server, client, listener, name, host);
  near.other = far;
  far.other = near;
  listener.deliver(far);
  return near;
}
