import { type Errno, isErrno } from '../kernel/errno.js';
import type { Connection, Target } from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import { type Waiting, WaitQueue } from '../kernel/wait.js';

/** Where a host is: the same server at each of its addresses, those to be tried first in front. */
export interface Server {
  readonly addresses: readonly string[];
  readonly port: number;
  /** The name it was asked for by. */
  readonly name?: string;
}

/** A connection, and the address it was made to. */
export interface Connected {
  readonly connection: Connection;
  readonly address: string;
}

/** How addresses are gone through. */
export interface Trying {
  /** How long altogether; the system's patience for each when left out. */
  readonly timeout?: Micros | undefined;
  /** When the other family is tried beside the first ("happy eyeballs", RFC 8305); never when left out. */
  readonly otherFamilyAfter?: Micros;
  /** Told of each address before it is tried, and why the one before it failed. */
  readonly trying?: (address: string, before: Errno | undefined) => Waiting<void>;
}

/** A failed attempt, and the address where it failed. */
interface Failure {
  readonly error: Errno;
  readonly address: string;
}

/** No address could be connected to: the first family's last failure. */
export class NoServer extends Error {
  readonly error: Errno;
  readonly address: string;

  constructor({ error, address }: Failure) {
    super(error.message);
    this.error = error;
    this.address = address;
  }
}

/**
 * Connects to the first address that takes the connection, one after the other, or both families side by side. Throws
 * `NoServer`, and whatever is no matter of the network.
 */
export function* connectAny(sys: Sys, server: Server, how: Trying = {}): Waiting<Connected> {
  const until = how.timeout === undefined ? undefined : sys.now() + how.timeout;
  const isSix = server.addresses[0]?.includes(':') === true;
  const others = server.addresses.filter((address) => address.includes(':') !== isSix);
  if (how.otherFamilyAfter === undefined || others.length === 0) {
    const ended = yield* inTurn(sys, server, server.addresses, until, how.trying);
    if ('connection' in ended) return ended;
    throw new NoServer(ended);
  }
  const first = server.addresses.filter((address) => address.includes(':') === isSix);
  return yield* sideBySide(sys, server, [first, others], until, how);
}

function* inTurn(
  sys: Sys,
  { port, name }: Server,
  addresses: readonly string[],
  until: Micros | undefined,
  trying: Trying['trying'],
): Waiting<Connected | Failure> {
  let failed: Failure | undefined;
  for (const address of addresses) {
    const target: Target = { address, port, ...(name === undefined ? {} : { name }) };
    if (trying) yield* trying(address, failed?.error);
    try {
      const left = until === undefined ? undefined : Math.max(1, until - sys.now());
      return { connection: yield* sys.connect(target, left), address };
    } catch (error) {
      if (!isErrno(error)) throw error;
      failed = { error, address };
    }
    if (until !== undefined && sys.now() >= until) break;
  }
  return failed as Failure;
}

function* sideBySide(
  sys: Sys,
  server: Server,
  [first, others]: readonly [readonly string[], readonly string[]],
  until: Micros | undefined,
  { otherFamilyAfter = 0, trying }: Trying,
): Waiting<Connected> {
  const changed = new WaitQueue();
  const ended: (Connected | Failure | undefined)[] = [undefined, undefined];
  let broken: { readonly error: unknown } | undefined;
  const winner = () => ended.find((one): one is Connected => one !== undefined && 'connection' in one);
  const begin = (at: 0 | 1, addresses: readonly string[]) =>
    sys.thread(function* () {
      try {
        const outcome = yield* inTurn(sys, server, addresses, until, trying);
        // Who comes second is not needed any more.
        if ('connection' in outcome && winner()) outcome.connection.close();
        else ended[at] = outcome;
      } catch (error) {
        broken = { error };
      }
      changed.wakeAll();
    });
  begin(0, first);
  const head = sys.now() + otherFamilyAfter;
  while (!ended[0] && !broken && sys.now() < head) yield { queues: [changed], until: head };
  if (!winner() && !broken) begin(1, others);
  while (!winner() && !broken && !(ended[0] && ended[1])) yield { queues: [changed] };
  if (broken) throw (broken as { readonly error: unknown }).error;
  const connected = winner();
  if (connected) return connected;
  throw new NoServer(ended[0] as Failure);
}
