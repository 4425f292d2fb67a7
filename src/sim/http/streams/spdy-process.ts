import type { Bridge, Exchange } from '../backend.js';
import { SpdySession } from '../spdy/session.js';
import { errorText, tellsStatus } from './error-text.js';

/** Numbers inside the machine by the names SPDY's streams bring. */
const STREAMS: Readonly<Record<string, number>> = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 };
const ERROR = 3;

/** A bridge that is fed with a transport's bytes. */
export interface SpdyBridge extends Bridge {
  receive(chunk: Uint8Array): void;
  /** The transport is closed. */
  gone?(): void;
}

/** How long a client may take to open the streams it asked for (kubelet's --streaming creation timeout). */
const CREATION_MILLISECONDS = 30_000;

/** What a request asks for: the streams its client will open, besides the one for errors. */
function expectedStreams(query: URLSearchParams, protocol: string): ReadonlySet<number> {
  const asked = (name: string): boolean => ['1', 'true'].includes(query.get(name) ?? '');
  const tty = asked('tty');
  const expected = new Set([ERROR]);
  for (const name of ['stdin', 'stdout', 'stderr'])
    if (asked(name) && !(tty && name === 'stderr')) expected.add(STREAMS[name] as number);
  if (tty && /^v[34]\./.test(protocol)) expected.add(STREAMS['resize'] as number);
  return expected;
}

/**
 * Joins SPDY's streams to a process: the client opens one for each of its streams and names it. Until all it asked for
 * are there, what the process says waits. `hangUp` ends the transport.
 */
export function spdyProcess(
  { protocol, query }: { readonly protocol: string; readonly query: URLSearchParams },
  exchange: Exchange,
  send: (bytes: Buffer) => void,
  hangUp: () => void,
): SpdyBridge {
  const missing = new Set(expectedStreams(query, protocol));
  const ids = new Map<number, number>();
  const numbers = new Map<number, number>();
  const waiting: [number, Uint8Array, boolean][] = [];
  let ended = false;
  const patience = setTimeout(hangUp, CREATION_MILLISECONDS);
  const session = new SpdySession(send, {
    opened(id, headers) {
      const number = STREAMS[headers['streamtype'] ?? ''];
      if (number === undefined || ids.has(number)) return false;
      ids.set(number, id);
      numbers.set(id, number);
      missing.delete(number);
      // After the stream's acceptance has been sent.
      if (missing.size === 0) queueMicrotask(release);
      return true;
    },
    data(id, bytes) {
      const number = numbers.get(id);
      if (number !== undefined) exchange.frame(number, bytes);
    },
    finished(id) {
      if (numbers.get(id) === STREAMS['stdin']) exchange.frame(0, new Uint8Array(0), true);
    },
    over: hangUp,
  });
  function deliver(number: number, bytes: Uint8Array, end: boolean): void {
    const id = ids.get(number);
    if (id === undefined) return;
    const plain = number === ERROR && !tellsStatus(protocol);
    session.data(id, plain ? errorText(bytes) : bytes, end || number === ERROR);
  }
  function release(): void {
    clearTimeout(patience);
    for (const one of waiting.splice(0)) deliver(...one);
    if (ended) finish();
  }
  function finish(): void {
    for (const id of ids.values()) session.data(id, new Uint8Array(0), true);
    session.close();
    hangUp();
  }
  return {
    receive: (chunk) => session.receive(chunk),
    chunk(stream, bytes, end) {
      if (missing.size === 0 && waiting.length === 0) deliver(stream, bytes, end);
      else waiting.push([stream, bytes, end]);
    },
    end() {
      ended = true;
      if (missing.size === 0) release();
    },
    gone: () => clearTimeout(patience),
  };
}
