import { compareText, goQuote } from '../../api/go-text.js';
import { StatusError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { joinHostPort } from '../../client/go-errors.js';
import { klogLine } from '../../client/klog.js';
import { objectPath } from '../../client/paths.js';
import { RESOURCES } from '../../client/resource-types.js';
import { type Bytes, concatBytes, decodeText, NO_BYTES } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection, Frame, Listener } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, plainText, UrlError } from '../errors.js';
import { listenLocally } from '../local-listener.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';
import type { ForwardedPort } from './ports.js';

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*$/i;

/** Where to listen; of those marked `all` one is enough. */
interface Address {
  readonly address: string;
  readonly network: 'tcp4' | 'tcp6';
  readonly mode: 'all' | 'any';
}

/** The addresses of `--address`, in order. Throws for what is none. */
export function readAddresses(words: readonly string[]): Address[] {
  const found = new Map<string, Address>();
  for (const word of words) {
    if (word === 'localhost') {
      if (!found.has('127.0.0.1')) found.set('127.0.0.1', { address: '127.0.0.1', network: 'tcp4', mode: 'all' });
      if (!found.has('::1')) found.set('::1', { address: '::1', network: 'tcp6', mode: 'all' });
    } else if (IPV4.test(word) && word.split('.').every((part) => Number(part) < 256))
      found.set(word, { address: word, network: 'tcp4', mode: 'any' });
    else if (IPV6.test(word)) found.set(word, { address: word, network: 'tcp6', mode: 'any' });
    else throw new CommandError(`${word} is not a valid IP`);
  }
  return [...found.values()].sort((a, b) => compareText(a.address, b.address));
}

/** Carries local connections to ports of a pod, until it is interrupted or the way to the pod is lost. */
export class Forwarder {
  private readonly upgrade = new Channel<Frame>();
  private readonly listeners: Listener[] = [];
  /** What comes back, by the number of the stream; a connection's pair is forgotten when both are at their end. */
  private readonly streams = new Map<number, Channel<Bytes>>();
  private requests = 0;
  private lost = false;

  constructor(
    private readonly session: Session,
    private readonly addresses: readonly Address[],
    private readonly ports: readonly ForwardedPort[],
  ) {}

  *run({ metadata }: Pod): Waiting<void> {
    const { session, ports } = this;
    const path = objectPath(RESOURCES.pods, metadata.name ?? '', metadata.namespace, 'portforward');
    const query = { ports: ports.map(({ remote }) => remote).join(',') };
    const answers = yield* this.dial(path, query);
    // An interrupt is an end like any other.
    session.sys.onSignal('INT', 'catch');
    try {
      yield* this.listen();
      yield* this.distribute(answers);
    } finally {
      for (const listener of this.listeners) listener.close();
      this.upgrade.close();
    }
  }

  private *dial(path: string, query: Query): Waiting<Channel<Frame>> {
    let why = 'unable to upgrade connection';
    try {
      const response = yield* this.session.rest().response({ method: 'GET', path, query, upgrade: this.upgrade });
      if (response.upgrade) return response.upgrade;
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof CommandError || error instanceof UrlError)) throw error;
      why = plainText(error);
    }
    throw new CommandError(`error upgrading connection: ${why}`);
  }

  private *listen(): Waiting<void> {
    let any = false;
    const shown: ForwardedPort[] = [];
    for (const port of this.ports) {
      const { local, problem } = yield* this.listenOn(port);
      shown.push({ local, remote: port.remote });
      if (problem === undefined) any = true;
      else yield* this.session.err(`Unable to listen on port ${local}: ${problem}\n`);
    }
    if (any) return;
    const list = shown.map(({ local, remote }) => `{${local} ${remote}}`).join(' ');
    throw new CommandError(`unable to listen on any of the requested ports: [${list}]`);
  }

  /** Listens for one port on all addresses; a port that was drawn for the first is taken on the others too. */
  private *listenOn({ local: wanted, remote }: ForwardedPort): Waiting<{ local: number; problem?: string }> {
    const failed: { readonly mode: Address['mode']; readonly message: string }[] = [];
    const done = new Set<Address['mode']>();
    let local = wanted;
    for (const { address, network, mode } of this.addresses) {
      const host = network === 'tcp6' ? `[${address}]` : address;
      try {
        const listener = listenLocally(this.session, network, host, { address, port: local, application: 'raw' });
        local = listener.spec.port;
        this.listeners.push(listener);
        yield* this.session.out(`Forwarding from ${joinHostPort(address, local)} -> ${remote}\n`);
        this.session.sys.thread(() => this.accept(listener, { local, remote }));
        done.add(mode);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        failed.push({ mode, message: `unable to create listener: Error ${error.message}` });
      }
    }
    const isBad = failed.some(({ mode }) => mode === 'any' || !done.has('all'));
    if (!isBad) return { local };
    const list = failed.map(({ message }) => message).join(' ');
    return { local, problem: `Listeners failed to create with the following errors: [${list}]` };
  }

  private *accept(listener: Listener, port: ForwardedPort): Waiting<void> {
    for (;;) {
      let connection: Connection;
      try {
        connection = yield* listener.accept();
      } catch (error) {
        if (isErrno(error)) return;
        throw error;
      }
      this.session.sys.thread(() => this.handle(connection, port));
    }
  }

  /** One connection: a pair of streams, of which the data's begins with the port. */
  private *handle(connection: Connection, { local, remote }: ForwardedPort): Waiting<void> {
    const { session, upgrade } = this;
    yield* session.out(`Handling connection for ${local}\n`);
    const stream = 2 * this.requests;
    this.requests += 1;
    const [data, errors] = [new Channel<Bytes>(), new Channel<Bytes>()];
    this.streams.set(stream, data).set(stream + 1, errors);
    upgrade.send({ stream, bytes: Uint8Array.of(remote & 0xff, remote >> 8) });
    session.sys.thread(() => sendAll(connection, upgrade, stream));
    for (let bytes = yield* data.receive(); bytes !== 'end'; bytes = yield* data.receive())
      connection.send({ kind: 'raw', bytes });
    connection.send({ kind: 'raw', bytes: NO_BYTES });
    connection.close();
    const told: Bytes[] = [];
    for (let bytes = yield* errors.receive(); bytes !== 'end'; bytes = yield* errors.receive()) told.push(bytes);
    this.streams.delete(stream);
    this.streams.delete(stream + 1);
    if (told.length > 0) yield* this.giveUp({ local, remote }, decodeText(concatBytes(told)));
  }

  /** Whatever the other side has to complain of ends all connections. */
  private *giveUp({ local, remote }: ForwardedPort, message: string): Waiting<void> {
    const err = goQuote(`an error occurred forwarding ${local} -> ${remote}: ${message}`);
    const text = `"Unhandled Error" err=${err} logger="UnhandledError"`;
    yield* this.session.err(klogLine(this.session.sys, 'E', 'portforward.go:522', text));
    this.lost = true;
    this.upgrade.close();
  }

  /** Gives what comes to its stream, until the connection is gone or somebody interrupts. */
  private *distribute(answers: Channel<Frame>): Waiting<void> {
    for (;;) {
      if (this.session.sys.takeSignal() === 'INT') return;
      const frame = answers.tryReceive();
      if (frame === 'end' || this.lost) throw new CommandError('lost connection to pod');
      if (frame === undefined) {
        yield answers.readable;
        continue;
      }
      const stream = this.streams.get(frame.stream);
      if (frame.bytes.length > 0) stream?.send(frame.bytes);
      if (frame.end) stream?.close();
    }
  }
}

function* sendAll(connection: Connection, upgrade: Channel<Frame>, stream: number): Waiting<void> {
  for (;;) {
    const item = yield* connection.incoming.receive();
    const bytes = item === 'end' ? NO_BYTES : ((item as { bytes?: Bytes }).bytes ?? NO_BYTES);
    if (upgrade.closed) return;
    upgrade.send({ stream, bytes: bytes.slice(), ...(bytes.length === 0 ? { end: true } : {}) });
    if (bytes.length === 0) return;
  }
}
