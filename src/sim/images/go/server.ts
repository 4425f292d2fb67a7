import { encodeText } from '../../kernel/bytes.js';
import { Errno, isErrno } from '../../kernel/errno.js';
import type { HttpRequest, Message, Peer, ServerTls } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { httpDate } from '../web/http-date.js';
import { goLog } from './log.js';

/** A request as a handler of Go's net/http sees it. */
export interface GoRequest extends HttpRequest {
  /** Decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** `address:port` of who asks. */
  readonly remote: string;
  /** PEM of who asks, when it showed a certificate. */
  readonly certificate: string | undefined;
}

/** What a handler writes. The type is guessed from the text when it is not among the headers. */
export interface GoAnswer {
  readonly status?: number;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Handles a request; may wait. */
export type GoHandler = (request: GoRequest) => GoAnswer | Waiting<GoAnswer>;

/** A handler fell over something, as the real program does. `message` is what Go says of it. */
export class GoPanic extends Error {}

/** Serves HTTP on a port as Go's net/http does. Returns what listen(2) failed with in Go's words, or nothing. */
export function goListen(sys: Sys, port: number, handle: GoHandler, tls?: ServerTls): string | undefined {
  try {
    sys.listen({
      port,
      application: 'http',
      handler: (message, peer) => serve(sys, message, peer, handle),
      ...(tls ? { tls } : {}),
    });
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `listen tcp :${port}: bind: ${error.message.toLowerCase()}`;
  }
}

function* serve(sys: Sys, message: Message, peer: Peer, handle: GoHandler): Waiting<Message> {
  if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
  const [target = '/', query = ''] = message.target.split('?');
  const path = decoded(target);
  const { address, port } = peer.address;
  const remote = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const request = { ...message, query: new URLSearchParams(query), remote, certificate: peer.certificate };
  const result = path === undefined ? BAD_REQUEST : yield* answered(sys, { ...request, path }, handle);
  // Go closes the connection on whoever waits for the answer.
  if (!result) throw new Errno('ECONNRESET');
  const { status = 200, text = '', headers = {} } = result;
  const body = encodeText(text);
  const type = text === '' || 'content-type' in headers ? {} : { 'content-type': sniffed(text) };
  const all = { ...headers, date: httpDate(sys.now()), 'content-length': String(body.length), ...type };
  return { kind: 'http-response', status, headers: all, ...(message.method === 'HEAD' ? {} : { body }) };
}

/** What a handler answers; nothing when it failed, which goes into the log and ends no more than this one connection. */
function* answered(sys: Sys, request: GoRequest, handle: GoHandler): Waiting<GoAnswer | undefined> {
  try {
    const result = handle(request);
    return Symbol.iterator in result ? yield* result : result;
  } catch (error) {
    if (!isErrno(error) && !(error instanceof GoPanic)) throw error;
    const why = isErrno(error) ? error.message.toLowerCase() : error.message;
    goLog(sys, `http: panic serving ${request.remote}: ${why}`);
    return undefined;
  }
}

/** What Go answers to a request line that it cannot read. */
const BAD_REQUEST: GoAnswer = {
  status: 400,
  text: '400 Bad Request',
  headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
};

/** A path without its escapes; nothing when one of them is broken. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined;
  }
}

/** http.DetectContentType, as far as text goes. */
function sniffed(text: string): string {
  return /^\s*<(?:!doctype html|html|head|body|h1|div|p|a|br|table|title|script|style|!--)[\s>]/i.test(text)
    ? 'text/html; charset=utf-8'
    : 'text/plain; charset=utf-8';
}

/** Go's http.Error: a plain text that browsers are not to guess about. */
export function goError(status: number, text: string): GoAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return { status, text: `${text}\n`, headers };
}

/** Go's http.NotFound. */
export const NOT_FOUND = goError(404, '404 page not found');

/** A header's name as Go writes it: `X-Forwarded-For`. */
export function canonicalHeader(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
