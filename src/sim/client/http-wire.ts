import type { Bytes } from '../kernel/bytes.js';
import { concatBytes, decodeText, encodeText, NO_BYTES } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Connection, HttpRequest, HttpResponse } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';
import { headText } from './http-text.js';

/** A head that is longer is refused, as Go's server does at its default. */
const HEAD_BYTES_MAX = 1024 * 1024;
const LINE_END = encodeText('\r\n');
const HEAD_END = encodeText('\r\n\r\n');

/** Where bytes come from and go to; `read` gives none at the end. */
export interface ByteStream {
  read(): Waiting<Bytes>;
  write(bytes: Bytes): void;
}

/**
 * Carries HTTP/1.1 as it is written on a wire to a server of the simulation, which speaks in messages: one request after
 * the other, until the client ends or asks to close.
 */
export function* carryHttp(stream: ByteStream, server: Connection): Waiting<void> {
  const source = new Source(stream);
  for (;;) {
    const head = yield* source.until(HEAD_END, HEAD_BYTES_MAX);
    if (head === undefined) return;
    const request = readHead(head);
    if (!request) return stream.write(encodeText(headText({ status: 400, headers: { connection: 'close' } })));
    const body = yield* readBody(source, request.headers);
    if (body === undefined) return;
    let answer: HttpResponse;
    try {
      const message = yield* server.request({ kind: 'http', ...request, ...(body.length > 0 ? { body } : {}) });
      if (message.kind !== 'http-response') return;
      answer = message;
    } catch (error) {
      if (!isErrno(error, 'ECONNRESET')) throw error;
      return;
    }
    yield* writeAnswer(stream, answer, request.method === 'HEAD');
    if (closes(request, answer)) return;
  }
}

function closes(request: HttpRequest, answer: HttpResponse): boolean {
  return [request.headers['connection'], answer.headers['connection']].some((value) => /\bclose\b/i.test(value ?? ''));
}

/** Bytes that have come and were not taken yet. */
export class Source {
  private rest: Bytes = NO_BYTES;

  constructor(private readonly stream: ByteStream) {}

  /** All up to a mark, without it; undefined when the end comes first, or too much before it. */
  *until(mark: Bytes, most: number): Waiting<Bytes | undefined> {
    for (;;) {
      const at = Buffer.from(this.rest.buffer, this.rest.byteOffset, this.rest.length).indexOf(mark);
      if (at !== -1) {
        const found = this.rest.subarray(0, at);
        this.rest = this.rest.subarray(at + mark.length);
        return found;
      }
      if (this.rest.length > most || !(yield* this.more())) return undefined;
    }
  }

  /** So many bytes; undefined when the end comes first. */
  *take(count: number): Waiting<Bytes | undefined> {
    while (this.rest.length < count) if (!(yield* this.more())) return undefined;
    const found = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(count);
    return found;
  }

  /** Everything up to the end. */
  *all(): Waiting<Bytes> {
    while (yield* this.more());
    return this.rest;
  }

  private *more(): Waiting<boolean> {
    const bytes = yield* this.stream.read();
    if (bytes.length > 0) this.rest = this.rest.length === 0 ? bytes : concatBytes([this.rest, bytes]);
    return bytes.length > 0;
  }
}

function readHead(head: Bytes): HttpRequest | undefined {
  const [first = '', ...lines] = decodeText(head).split('\r\n');
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers = readHeaders(lines);
  return headers && { method, target, headers };
}

/** The headers of a head's lines, names in small letters; undefined when a line is none. */
export function readHeaders(lines: readonly string[]): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value = ''] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) return undefined;
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

function* readBody(source: Source, headers: Readonly<Record<string, string>>): Waiting<Bytes | undefined> {
  if (!/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) {
    const length = Number(headers['content-length'] ?? 0);
    return Number.isSafeInteger(length) && length >= 0 ? yield* source.take(length) : undefined;
  }
  const chunks: Bytes[] = [];
  for (;;) {
    const line = yield* source.until(LINE_END, HEAD_BYTES_MAX);
    const size = line && Number.parseInt(decodeText(line), 16);
    if (size === undefined || !(size >= 0)) return undefined;
    const chunk = yield* source.take(size + LINE_END.length);
    if (!chunk) return undefined;
    if (size === 0) return chunks.length === 0 ? NO_BYTES : concatBytes(chunks);
    chunks.push(chunk.slice(0, size));
  }
}

function* writeAnswer(stream: ByteStream, answer: HttpResponse, headOnly: boolean): Waiting<void> {
  const { status, headers, stream: items } = answer;
  const body = answer.object === undefined ? (answer.body ?? NO_BYTES) : encodeText(JSON.stringify(answer.object));
  const bare = headOnly || status === 204 || status === 304;
  if (!items) {
    const length = bare || headers['content-length'] !== undefined ? {} : { 'content-length': String(body.length) };
    stream.write(encodeText(headText({ status, headers: { ...headers, ...length } })));
    if (!bare && body.length > 0) stream.write(body);
    return;
  }
  stream.write(encodeText(headText({ status, headers: { ...headers, 'transfer-encoding': 'chunked' } })));
  try {
    for (;;) {
      const item = yield* items.items.receive();
      if (item === 'end') break;
      const chunk = item instanceof Uint8Array ? item : encodeText(`${JSON.stringify(item.object)}\n`);
      if (chunk.length === 0) continue;
      stream.write(concatBytes([encodeText(`${chunk.length.toString(16)}\r\n`), chunk, LINE_END]));
    }
  } finally {
    items.cancel();
  }
  stream.write(encodeText('0\r\n\r\n'));
}
