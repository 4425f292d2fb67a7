import type { Exchange } from '../backend.js';
import type { SpdyHeaders } from '../spdy/header-block.js';
import { SpdySession } from '../spdy/session.js';
import type { SpdyBridge } from './spdy-process.js';

const PORT_MAX = 65_535;

/** One forwarded connection: a stream for data and one for errors, which bear the same request's number. */
interface Pair {
  readonly index: number;
  readonly port: number;
  data?: number;
  error?: number;
}

/**
 * Joins SPDY's streams to forwarded ports: inside the machine the pair number i has the streams 2i for data, whose first
 * frame is the port, and 2i + 1 for errors. `hangUp` ends the transport.
 */
export function spdyPorts(exchange: Exchange, send: (bytes: Buffer) => void, hangUp: () => void): SpdyBridge {
  const pairs = new Map<string, Pair>();
  const byIndex = new Map<number, Pair>();
  const indexes = new Map<number, number>();
  let last = -1;
  const session = new SpdySession(send, {
    opened(id, headers) {
      const wanted = readStream(headers);
      if (!wanted) return false;
      const pair = pairs.get(wanted.request) ?? { index: ++last, port: wanted.port };
      if (pair[wanted.type] !== undefined || pair.port !== wanted.port) return false;
      pair[wanted.type] = id;
      pairs.set(wanted.request, pair);
      byIndex.set(pair.index, pair);
      if (wanted.type === 'data') indexes.set(id, pair.index);
      if (pair.data === undefined || pair.error === undefined) return true;
      pairs.delete(wanted.request);
      exchange.frame(pair.index * 2, new Uint8Array([pair.port & 0xff, pair.port >> 8]));
      return true;
    },
    data(id, bytes) {
      const index = indexes.get(id);
      if (index !== undefined) exchange.frame(index * 2, bytes);
    },
    finished(id) {
      const index = indexes.get(id);
      if (index === undefined) return;
      indexes.delete(id);
      exchange.frame(index * 2, new Uint8Array(0), true);
    },
    over: hangUp,
  });
  return {
    receive: (chunk) => session.receive(chunk),
    chunk(stream, bytes, end) {
      const pair = byIndex.get(stream >> 1);
      if (!pair) return;
      const id = stream % 2 === 0 ? pair.data : pair.error;
      if (id !== undefined) session.data(id, bytes, end);
      if (end && stream % 2 === 1) byIndex.delete(pair.index);
    },
    end() {
      session.close();
      hangUp();
    },
  };
}

/** What a stream is for; undefined when its headers do not say. Without a request's number, streams come in pairs. */
function readStream(headers: SpdyHeaders): { type: 'data' | 'error'; port: number; request: string } | undefined {
  const { streamtype: type, port: text = '', requestid: request = '' } = headers;
  const port = Number(text);
  if (type !== 'data' && type !== 'error') return undefined;
  if (!Number.isInteger(port) || port < 1 || port > PORT_MAX) return undefined;
  return { type, port, request };
}
