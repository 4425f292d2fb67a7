import { startProcess } from '../kernel/boot.js';
import { isErrno } from '../kernel/errno.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import type { Connection, Listener } from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

/** A message that an ssh client and a server send each other: plain data, so that it can leave the machine. */
export interface LineMessage {
  readonly kind: string;
}

/** Which end of a line is in this machine: the client's, or the server's. */
export type LineSide = 'caller' | 'called';

export interface LineEvents {
  /** A client of this machine called a host that is another machine's. */
  ring(id: number, host: string): void;
  /** This end said something; undefined: it hung up. */
  said(side: LineSide, id: number, message: LineMessage | undefined): void;
}

export interface LinesOptions {
  /** Where clients of this machine arrive that call hosts of others. */
  readonly listener: Listener;
  /** Names of those hosts by the addresses they have here. */
  readonly names: ReadonlyMap<string, string>;
  /** Who waits at the listener. */
  readonly outside: HostKernel;
  /** From where clients of other machines come in. */
  readonly base: HostKernel;
  /** The public key with which this machine's hosts let people in that come from its base. */
  readonly key: string;
  readonly events: LineEvents;
}

/** What stands for that key outside: each machine has one of its own. */
const BASE_KEY = 'the key of the base';
const SSH_PORT = 22;

/** One end of a line; what comes before it is connected waits. */
interface LineEnd {
  connection: Connection | undefined;
  readonly waiting: LineMessage[];
}

/**
 * Lines of ssh between this machine and others: whoever owns the machines carries what is said from one to the other. For
 * each machine alone a line is events and inputs like any other.
 */
export class Lines {
  private readonly options: LinesOptions;
  private readonly ends = new Map<string, LineEnd>();
  private lastId = 0;

  constructor(options: LinesOptions) {
    this.options = options;
    startProcess(options.outside, (sys) => this.answerCallers(sys), ['lines']);
  }

  /** A client of another machine calls a host of this one. */
  ring(id: number, address: string, host: string): void {
    const end: LineEnd = { connection: undefined, waiting: [] };
    this.ends.set(keyOf('called', id), end);
    const call = (sys: Sys): Waiting<number> => this.call(sys, id, end, { address, port: SSH_PORT, name: host });
    startProcess(this.options.base, call, ['ssh', host]);
  }

  /** The other end said something; undefined: it hung up. To one that is not there any more nothing is said. */
  hear(side: LineSide, id: number, message: LineMessage | undefined): void {
    const end = this.ends.get(keyOf(side, id));
    if (!end) return;
    if (message === undefined) {
      this.ends.delete(keyOf(side, id));
      end.connection?.close();
    } else if (end.connection) end.connection.send(this.inside(message));
    else end.waiting.push(message);
  }

  private *answerCallers(sys: Sys): Waiting<number> {
    const { listener, names, events } = this.options;
    for (;;) {
      const connection = yield* listener.accept();
      this.lastId += 1;
      const id = this.lastId;
      this.ends.set(keyOf('caller', id), { connection, waiting: [] });
      events.ring(id, names.get(connection.local.address) ?? connection.local.address);
      sys.thread(() => this.listen('caller', id, connection));
    }
  }

  private *call(
    sys: Sys,
    id: number,
    end: LineEnd,
    target: { readonly address: string; readonly port: number; readonly name: string },
  ): Waiting<number> {
    const connection = yield* connectOrNot(sys, target);
    if (!connection || !this.ends.has(keyOf('called', id))) {
      connection?.close();
      this.hangUp('called', id);
      return 1;
    }
    end.connection = connection;
    for (const message of end.waiting.splice(0)) connection.send(this.inside(message));
    yield* this.listen('called', id, connection);
    return 0;
  }

  /** Tells the outside all that this end says. */
  private *listen(side: LineSide, id: number, connection: Connection): Waiting<void> {
    try {
      for (;;) {
        const message = yield* connection.incoming.receive();
        if (message === 'end') break;
        const said = this.outward(message as LineMessage);
        if (said) this.options.events.said(side, id, said);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    this.hangUp(side, id);
  }

  private hangUp(side: LineSide, id: number): void {
    if (this.ends.delete(keyOf(side, id))) this.options.events.said(side, id, undefined);
  }

  /** What leaves the machine: plain data, and the base's key by a name that every machine knows. */
  private outward(message: LineMessage): LineMessage | undefined {
    // Whether a terminal wants input is known inside a machine only.
    return message.kind === 'terminal' ? undefined : this.renamed(message, this.options.key, BASE_KEY);
  }

  private inside(message: LineMessage): LineMessage {
    return this.renamed(message, BASE_KEY, this.options.key);
  }

  private renamed(message: LineMessage, from: string, to: string): LineMessage {
    if (message.kind !== 'login' || !('keys' in message)) return message;
    const keys = (message.keys as readonly string[]).map((key) => (key === from ? to : key));
    return { ...message, keys } as LineMessage;
  }
}

function* connectOrNot(
  sys: Sys,
  target: { readonly address: string; readonly port: number; readonly name: string },
): Waiting<Connection | undefined> {
  try {
    const connection = yield* sys.connect(target);
    if (connection.application === 'ssh') return connection;
    connection.close();
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  return undefined;
}

function keyOf(side: LineSide, id: number): string {
  return `${side} ${id}`;
}
